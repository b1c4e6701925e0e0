import Foundation
import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("Rights")
struct RightsTests {
  func lines(
    _ request: ReplicationRequest, _ side: TaskRights.Side, _ facts: TaskRights.Facts = .init(),
    _ tasks: [SnapshotTask] = []
  ) -> [String] {
    TaskRights(request, side, facts: facts, snapshotTasks: tasks).allowing(user: "replica")
      .map(\.shellText)
  }

  func names(_ names: String...) -> Set<DatasetName> { Set(names.map(DatasetName.init(trusted:))) }

  @Test("A source is read and marked: no more, and alone where the task is not recursive")
  func source() {
    #expect(
      lines(request(["tank/a", "tank/b"], to: "bk"), .source) == [
        "zfs allow -u replica send,hold,bookmark,destroy tank/a",
        "zfs allow -u replica send,hold,bookmark,destroy tank/b",
      ])
    #expect(
      lines(request { $0.recursive = false }, .source)
        == ["zfs allow -l -u replica send,hold,bookmark,destroy tank/a"])
    var task = SnapshotTask()
    task.dataset = "tank/a"
    task.recursive = true
    #expect(
      lines(request(), .source, .init(), [task])
        == ["zfs allow -u replica send,hold,bookmark,destroy,snapshot tank/a"])
  }

  @Test("Nobody may destroy, roll back or mount elsewhere on a destination")
  func target() {
    let facts = TaskRights.Facts(existing: names("bk", "bk/a"))
    #expect(
      lines(request(), .target, facts)
        == ["zfs allow -u replica create,mount,receive,readonly bk/a"])
    #expect(
      lines(request { $0.readonly = .ignore }, .target, facts)
        == ["zfs allow -u replica create,mount,receive bk/a"])
    #expect(
      lines(request { $0.recursive = false }, .target, facts)
        == ["zfs allow -l -u replica create,mount,receive,readonly bk/a"])
  }

  @Test("A destination that is not there: what others have made beside it stays theirs")
  func missing() {
    let facts = TaskRights.Facts(existing: names("bk"))
    #expect(
      lines(request(to: "bk/site/a"), .target, facts) == [
        "zfs allow -l -u replica create,mount,receive bk",
        "zfs allow -c create,mount,receive,readonly bk",
      ])
  }

  @Test("An empty destination is looked into, and closed, before a copy takes its place")
  func empty() {
    var facts = TaskRights.Facts(existing: names("bk", "bk/a"))
    facts.isTargetEmpty = true
    #expect(
      lines(request { $0.readonly = .ignore }, .target, facts) == [
        "zfs allow -u replica"
          + " create,mount,receive,readonly,userused,userquota,userobjused,userobjquota bk/a"
      ])
  }

  @Test("Properties that come with the stream, and that the task sets")
  func properties() {
    let facts = TaskRights.Facts(
      existing: names("bk/a"),
      properties: [
        "compression", "mountpoint", "com.example:note", "quota", "volblocksize", "keylocation",
      ])
    let request = request {
      $0.propertiesExclude = ["quota"]
      $0.propertiesOverride = ["canmount": "noauto", "readonly": "off"]
    }
    #expect(
      lines(request, .target, facts) == [
        "zfs allow -u replica"
          + " create,mount,receive,readonly,canmount,compression,keylocation,userprop bk/a"
      ])
  }

  /// All commands of runs that differ in what there is.
  static var runs: [(ReplicationRequest, Plan)] {
    let tree = [dataset("tank/a: s1 s2 x s3"), dataset("tank/a/b c: s1 s2 #s0")]
    let secret = dataset("tank/a: s1 s2") { $0.isEncrypted = true }
    let requests = [
      request(), request { $0.recursive = false },
      request {
        $0.propertiesExclude = ["quota"]
        $0.propertiesOverride = ["com.example:a": "it's; $(x) | y", "canmount": "noauto"]
      },
    ]
    return requests.flatMap { request in
      [
        plan(request, tree, [pool]), plan(request, [secret], [pool]),
        plan(request, tree, [pool, copy("bk/a: s1"), copy("bk/a/b c: s1")]),
        plan(
          request, tree, [pool, copy("bk/a: s1") { $0.resumeToken = "1-ab-c0" }],
          tokens: [
            "bk/a": TokenFacts(toGUID: guid("s2"), toName: "tank/a@s2", fromGUID: guid("s1"))
          ]
        ),
        plan(
          request, tree,
          [
            pool,
            copy("bk/a:") {
              $0.isEmpty = true
              $0.isReadonly = false
            },
          ]),
      ].map { (request, $0) }
    }
  }

  func isIn(_ command: Command, _ patterns: [CommandPattern]) throws -> Bool {
    let line = command.arguments.joined(separator: "\t")
    return try patterns.filter { $0.tool == command.tool }.contains {
      try Regex($0.expression(.tabs)).wholeMatch(in: line) != nil
    }
  }

  @Test("All that a run does is let through, on its own side")
  func letThrough() throws {
    for (request, plan) in Self.runs {
      let source = TaskCommands.patterns(request, .source)
      let target = TaskCommands.patterns(request, .target, facts: .init(isTargetEmpty: true))
      for step in plan.steps {
        #expect(try isIn(step.send, source), "\(step.send)")
        #expect(try isIn(step.receive, target), "\(step.receive)")
        #expect(try !isIn(step.send, target), "\(step.send)")
        #expect(try !isIn(step.receive, source), "\(step.receive)")
        var estimate = step.send
        estimate.arguments.insert("-nP", at: 1)
        #expect(try isIn(estimate, source), "\(estimate)")
      }
      for keepsake in plan.keepsakes {
        for command in [keepsake.create].compactMap({ $0 }) + keepsake.removes {
          #expect(try isIn(command, source), "\(command)")
        }
      }
      for command in plan.readonlyCommands + plan.seals.flatMap({ [$0.close, $0.open] }) {
        #expect(try isIn(command, target), "\(command)")
      }
    }
  }

  static let refused: [(TaskRights.Side, [String])] = [
    (.source, ["send", "tank/a2@s"]), (.source, ["send", "tank/a"]), (.source, ["send", "tank@s"]),
    (.source, ["send", "-R", "tank/a@s"]), (.source, ["send", "tank/a/../b@s"]),
    (.source, ["send", "tank/a@s", "tank/b@s"]), (.source, ["destroy", "tank/a"]),
    (.source, ["destroy", "tank/a@s"]), (.source, ["destroy", "tank/a#mine"]),
    (.source, ["destroy", "-r", "tank/a#zferry_0"]), (.source, ["receive", "-s", "-u", "tank/a"]),
    (.source, ["list", "tank/a2"]), (.source, ["list"]), (.source, ["list", "-r"]),
    (.target, ["list", "-Hp", "-o", "name"]),
    (.source, ["get", "-Hp", "-s", "local,received", "-o", "property", "all"]),
    (.source, ["set", "readonly=on", "tank/a"]),
    (.source, ["allow", "-u", "me", "destroy", "tank/a"]), (.source, ["snapshot", "tank/a@s"]),
    (.target, ["receive", "-s", "-u", "-F", "bk/a"]), (.target, ["receive", "-s", "-u", "bk/a2"]),
    (.target, ["receive", "-s", "-u", "-o", "mountpoint=/etc", "bk/a"]),
    (.target, ["receive", "-s", "-u", "bk"]), (.target, ["destroy", "bk/a"]),
    (.target, ["rollback", "bk/a@s"]), (.target, ["set", "mountpoint=/etc", "bk/a"]),
    (.target, ["send", "bk/a@s"]), (.target, ["create", "-u", "-o", "setuid=on", "bk/a"]),
    (.target, ["list", "-r", "bk"]), (.target, ["create", "-u", "bk/other"]),
  ]

  @Test("Nothing else is let through", arguments: refused)
  func refuses(_ one: (TaskRights.Side, [String])) throws {
    #expect(try !isIn(.zfs(one.1), TaskCommands.patterns(request(), one.0)))
  }

  @Test("sudo reads the lines, and refuses what is not in them")
  func sudoers() throws {
    let visudo = "/usr/sbin/visudo"
    let many = request((0..<60).map { "tank/a.b/dataset-\($0)" }, to: "bk/x") {
      $0.recursive = true
    }
    for request in [request(), many] + Self.runs.map(\.0) {
      for side in TaskRights.Side.allCases {
        let lines = Sudoers.lines(TaskCommands.patterns(request, side), user: "replica")
        #expect(
          lines.count > 4 && lines.allSatisfy { $0.hasPrefix("replica ALL=(root) NOPASSWD: /") })
        #expect(lines.allSatisfy { $0.utf8.count < 1_100 })
        guard FileManager.default.isExecutableFile(atPath: visudo) else { continue }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: visudo)
        process.arguments = ["-cqf", "-"]
        process.standardInput = pipe
        try process.run()
        try pipe.fileHandleForWriting.write(
          contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(lines.joined(separator: "\n"))")
      }
    }
    let escaped = Sudoers.lines(TaskCommands.patterns(request(), .source), user: "a b,ALL=(x")
    #expect(escaped[0].hasPrefix("a\\ b\\,ALL\\=\\(x ALL=(root)"))
  }

  @Test("Deciding conflicts needs rights on the copy, and where the next one is made; runs do not")
  func resolving() throws {
    let wish = request { $0.retention = Retention() }
    let plain = TaskRights(wish, .target).needs
    let all = TaskRights(wish, .target, resolves: true).needs
    #expect(!plain.contains { $0.right == "rollback" || $0.right == "rename" })
    for right in ["rollback", "destroy", "rename"] {
      #expect(all.contains { $0.right == right && $0.dataset == wish.target }, "\(right)")
    }
    let parent = try #require(wish.target.parent)
    #expect(
      Set(all.filter { $0.dataset == parent && $0.scope == .here }.map(\.right)) == [
        "create", "mount", "receive",
      ])
    #expect(TaskRights(wish, .source, resolves: true) == TaskRights(wish, .source))
    let target = wish.target.text
    let patterns = TaskCommands.patterns(wish, .target, resolves: true)
    for words in [
      ["rollback", "\(target)@a"], ["destroy", "\(target)#mine"],
      ["rename", target, "\(target).zferry-aside-20260101-1"],
    ] {
      #expect(try isIn(.zfs(words), patterns), "\(words)")
      #expect(try !isIn(.zfs(words), TaskCommands.patterns(wish, .target)), "\(words)")
    }
    for words in [
      ["rollback", "-r", "\(target)@a"], ["rename", target, "\(target)2"],
      ["rename", target, "tank/x.zferry-aside-20260101-1"], ["destroy", target],
    ] {
      #expect(try !isIn(.zfs(words), patterns), "\(words)")
    }
  }

  @Test("The way back reads the copy and writes beside the original, and keeps no base")
  func restoring() throws {
    let wish = request { $0.retention = Retention() }
    let source = try #require(wish.sources.first)
    let place = DatasetName(trusted: source.text + "-restored")
    let back = try #require(wish.restoring(source, to: place))
    let reading = TaskRights(back, .source).needs
    #expect(Set(reading.map(\.right)) == ["send", "hold"])
    let parent = try #require(source.parent)
    let writing = TaskRights(back, .target, facts: .init(existing: [parent])).needs
    #expect(writing.allSatisfy { $0.dataset == parent && $0.scope != .tree })
    #expect(writing.contains { $0.right == "receive" && $0.scope == .created })
    let patterns = TaskCommands.patterns(back, .source)
    #expect(try isIn(.zfs(["send", "-b", "\(back.sources[0].text)@a"]), patterns))
    #expect(try !isIn(.zfs(["destroy", "\(back.sources[0].text)#zferry_0"]), patterns))
  }
}
