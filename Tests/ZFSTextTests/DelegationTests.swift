import Testing
import ZFSText

@Suite("Delegation")
struct DelegationTests {
  /// As OpenZFS 2.3.2 prints it.
  let told = Delegation(
    """
    ---- Permissions on tank/data/docs -----------------------------------
    Permission sets:
    \t@ours bookmark,send
    Create time permissions:
    \tcreate,mount
    Local permissions:
    \tuser my user snapshot
    Local+Descendent permissions:
    \tuser replica @ours,hold
    \tgroup wheel clone
    \teveryone rename
    ---- Permissions on tank/data ----------------------------------------
    Local permissions:
    \tuser replica diff
    Descendent permissions:
    \tuser replica promote
    Local+Descendent permissions:
    \tuser 1000 destroy

    """)
  let replica = Delegation.Person(userID: 1_000, user: "replica", groups: ["wheel"])
  let docs = "tank/data/docs"

  @Test("Rights of the user, the groups and everyone, by name, by number and by set")
  func who() {
    for right in ["send", "bookmark", "hold", "clone", "rename", "destroy", "promote"] {
      #expect(told.allows(right, to: replica, on: docs), "\(right)")
    }
    for right in ["snapshot", "diff", "create", "receive", "@none"] {
      #expect(!told.allows(right, to: replica, on: docs), "\(right)")
    }
    let other = Delegation.Person(userID: 7, user: "my user", groups: [])
    #expect(told.allows("snapshot", to: other, on: docs))
    #expect(!told.allows("snapshot", to: other, below: docs))
    #expect(told.allows("rename", to: other, on: docs))
    #expect(!told.allows("send", to: other, on: docs))
  }

  @Test("Here, below, and on what is made")
  func scopes() {
    #expect(told.allows("diff", to: replica, on: "tank/data"))
    #expect(!told.allows("diff", to: replica, below: "tank/data"))
    #expect(!told.allows("promote", to: replica, on: "tank/data"))
    #expect(told.allows("promote", to: replica, below: "tank/data"))
    #expect(told.givesCreator("mount", below: docs))
    #expect(!told.givesCreator("mount", below: "tank/data"))
    // A name that only begins the same is not below.
    #expect(!told.allows("promote", to: replica, on: "tank/data2"))
  }

  @Test("Nothing, and what is no such text, allow nothing")
  func nothing() {
    for text in [
      "", "cannot open", "\tuser replica send\n", "Local permissions:\n\tuser replica send",
    ] {
      #expect(!Delegation(text).allows("send", to: replica, on: docs))
    }
  }

  @Test("What id prints")
  func person() {
    let one = Delegation.Person(
      id: "uid=1000(replica) gid=1000(replica) groups=1000(replica),27(sudo),99\n")
    #expect(one == .init(userID: 1_000, user: "replica", groups: ["replica", "sudo", "99"]))
    #expect(Delegation.Person(id: "uid=0(root) gid=0(root)")?.groups == ["root"])
    #expect(Delegation.Person(id: "uid=12 gid=3")?.user == "12")
    #expect(Delegation.Person(id: "nothing") == nil)
  }
}
