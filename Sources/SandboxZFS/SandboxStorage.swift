/// Where a practice machine keeps bytes: in memory for the simulation, in a folder for people.
public protocol SandboxStorage: AnyObject {
  /// The files in a dataset's head with their sizes, and a stamp that changes with them.
  func head(of dataset: String, except children: [String], isVolume: Bool) throws -> [String: (
    size: UInt64, stamp: String
  )]
  /// Keeps a file of the head under a number.
  func keep(_ file: String, of dataset: String, as blob: Int) throws
  /// Keeps bytes of a partial receive under a number.
  func keep(partial: String, from offset: UInt64, count: UInt64, as blob: Int) throws
  func read(blob: Int, from offset: UInt64, count: Int) throws -> [UInt8]
  /// Makes a head what a snapshot holds; gives the stamps of the files it made.
  func replaceHead(
    of dataset: String, except children: [String], isVolume: Bool, with files: [String: Int]
  ) throws -> [String: String]
  func moveHead(of dataset: String, to other: String) throws
  func deleteHead(of dataset: String) throws
  func delete(blob: Int)
  /// Adds to what a receive has kept.
  /// The text of a file of the machine, outside all pools, that holds a key.
  func keyFile(_ path: String) -> String?
  func append(_ bytes: ArraySlice<UInt8>, toPartial key: String) throws
  func sizeOfPartial(_ key: String) -> UInt64
  func deletePartial(_ key: String)
  /// Whether nobody else receives there now; then we do, until `unlockPartial`.
  func lockPartial(_ key: String) -> Bool
  func unlockPartial(_ key: String)
}
