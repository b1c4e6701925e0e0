import ReplicationModel
import Testing

@Suite("Packers")
struct PackerTests {
  @Test("Each compression is a program and a level, but the one that a run decides")
  func programs() {
    #expect(Packer(.zstd) == Packer(.zstd, level: 3))
    #expect(Packer(.lz4)?.text == "lz4 -1")
    #expect(Packer(.adaptive) == nil)
    for compression in TaskDraft.Compression.allCases {
      #expect(!compression.programs.isEmpty)
    }
  }

  @Test("A command with a packer is shown as the pipe it is")
  func shown() {
    var send = Command.zfs("send", "tank/a b@s")
    send.filter = Packer(.zstd, level: 3).packing
    #expect(send.shellText == "zfs send 'tank/a b@s' | zstd -q -c -3")
    var receive = Command.zfs("receive", "-s", "bk/a")
    receive.filter = Packer(.pigz, level: 6).unpacking
    #expect(receive.shellText == "pigz -q -d -c | zfs receive -s bk/a")
    #expect(receive != Command.zfs("receive", "-s", "bk/a"))
  }
}
