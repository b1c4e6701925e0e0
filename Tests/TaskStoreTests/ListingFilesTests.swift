import TaskStore
import Testing

@Suite("Listings in the state folder")
struct ListingFilesTests {
  @Test("They come back as they were kept, the last one; what is not there is nothing")
  func keep() throws {
    let folder = TemporaryFolder()
    let files = ListingFiles(folder.folders)
    #expect(files.listing("a") == nil)
    files.keep([1, 2, 3], as: "a")
    files.keep([4, 5], as: "b")
    files.keep([6], as: "a")
    #expect(files.listing("a") == [6])
    #expect(files.listing("b") == [4, 5])
  }

  @Test("Where nothing can be written, nothing is kept, and nobody is troubled")
  func impossible() throws {
    let files = ListingFiles(StoreFolders(config: "/dev/null/c", state: "/dev/null/s"))
    files.keep([1], as: "a")
    #expect(files.listing("a") == nil)
  }
}
