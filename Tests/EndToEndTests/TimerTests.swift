import Foundation
import Testing

/// The timer's files, below a folder of the test; and what monitoring reads.
@Suite struct TimerTests {
  func root(_ ground: Ground, systemd: Bool) throws -> String {
    let root = "\(ground.folder)/root"
    let made = systemd ? "\(root)/run/systemd/system" : root
    try FileManager.default.createDirectory(atPath: made, withIntermediateDirectories: true)
    return root
  }

  func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  @Test func `where systemd runs, a timer and a service are written, and taken away`() throws {
    let ground = try Ground()
    let root = try root(ground, systemd: true)
    let timer = "\(root)/etc/systemd/system/zferry.timer"
    let service = "\(root)/etc/systemd/system/zferry.service"
    let dry = try ground.zferry("timer", "install", "--root", root, "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("OnCalendar=minutely"), "\(dry.errors)")
    #expect(text(timer) == nil)
    for _ in 0..<2 {
      let installed = try ground.zferry("timer", "install", "--root", root)
      #expect(installed.status == 0 && installed.output.contains(timer), "\(installed.errors)")
    }
    let unit = text(service) ?? ""
    #expect(
      unit.contains("ExecStart=\"\(Programs.zferry)\" \"tick\" \"--config\" \"\(ground.config)\""))
    // Nothing that gives it mounts of its own, or shuts /dev/zfs off.
    for word in ["Private", "Protect", "ReadOnly", "ReadWrite", "Inaccessible", "DeviceAllow"] {
      #expect(!unit.contains("\n\(word)"), "\(word)")
    }
    let status = try ground.zferry("timer", "status", "--root", root)
    #expect(status.status == 1 && status.output.contains("No tick has come yet"))
    #expect(try ground.zferry("tick").status == 0)
    #expect(try ground.zferry("timer", "status", "--root", root).status == 0)
    #expect(try ground.zferry("timer", "remove", "--root", root).status == 0)
    #expect(text(timer) == nil && text(service) == nil)
    #expect(try ground.zferry("timer", "remove", "--root", root).output.contains("no timer"))
  }

  @Test func `elsewhere it is a line for cron, in which no name is more than a name`() throws {
    let ground = try Ground()
    let root = try root(ground, systemd: false)
    let installed = try ground.zferry(
      "timer", "install", "--root", root, "--state", "\(ground.folder)/a %'$(id) b")
    #expect(installed.status == 0, "\(installed.errors)")
    let line = text("\(root)/etc/cron.d/zferry")?.split(separator: "\n").last ?? ""
    #expect(line.hasPrefix("* * * * * root \(Programs.zferry) tick --config"), "\(line)")
    #expect(line.contains("'\(ground.folder)/a \\%'\\''$(id) b'"), "\(line)")
    #expect(try ground.zferry("timer", "remove", "--root", root).status == 0)
    #expect(text("\(root)/etc/cron.d/zferry") == nil)
  }

  @Test func `a file that zferry did not write is left as it is`() throws {
    let ground = try Ground()
    let root = try root(ground, systemd: true)
    let folder = "\(root)/etc/systemd/system"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "mine\n".write(toFile: "\(folder)/zferry.timer", atomically: true, encoding: .utf8)
    for verb in ["install", "remove"] {
      let refused = try ground.zferry("timer", verb, "--root", root)
      #expect(refused.status == 73 && refused.errors.contains("zferry.timer"), "\(refused.errors)")
    }
    #expect(text("\(folder)/zferry.timer") == "mine\n")
    #expect(text("\(folder)/zferry.service") == nil)
    let user = try ground.zferry("timer", "install", "--root", "\(ground.folder)/none", "--user")
    #expect(user.status == 1 && user.errors.contains("crontab"))
  }

  @Test func `monitoring gets lags as numbers, states as exit codes, and names as data`() throws {
    let ground = try Ground()
    let empty = try ground.zferry("status", "--nagios")
    #expect(empty.status == 3 && empty.output.hasPrefix("ZFERRY UNKNOWN - no enabled task"))
    try ground.worlds()
    try ground.zfs(ground.here, "create", "second", tool: "zpool")
    let name = "a 'b' \"c\" = | d"
    try ground.localTask(name, source: "tank/data", target: "second/data")
    #expect(try ground.zferry("status", "--nagios").status == 3)
    #expect(try ground.zferry("run", name).status == 0)
    let prometheus = try ground.zferry("status", "--prometheus").output
    #expect(
      prometheus.contains("zferry_task_state{task=\"a 'b' \\\"c\\\" = | d\",state=\"FINISHED\"} 1"),
      "\(prometheus)")
    #expect(prometheus.contains("zferry_task_lag_bytes{task=\"a 'b' \\\"c\\\" = | d\"} 0"))
    for line in prometheus.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(line.split(separator: " ").last.flatMap { Double($0) } != nil, "\(line)")
    }
    let critical = try ground.zferry("status", "--nagios", "--warning", "0", "--critical", "0s")
    #expect(critical.status == 2, "\(critical.output)")
    #expect(critical.output.split(separator: "\n").count == 1)
    #expect(critical.output.split(separator: "|").count == 2, "\(critical.output)")
    #expect(critical.output.contains("'a ''b'' \"c\" _ / d lag'="), "\(critical.output)")
    let fine = try ground.zferry("status", "--nagios", "--warning", "9000d")
    #expect(fine.status == 0 && fine.output.hasPrefix("ZFERRY OK"), "\(fine.output)")
    #expect(try ground.zferry("status", "--nagios", "--warning", "2x").status == 64)
    #expect(
      try ground.zferry("status", "--nagios", "--warning", "2d", "--critical", "1d").status == 64)
  }
}
