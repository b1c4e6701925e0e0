/// Good texts to begin with, and words that have troubled parsers before.
extension Parser {
  public var corpus: [String] {
    switch self {
    case .listing:
      [
        "tank\tfilesystem\t1\toff\t-\toff\t-\t0\t24576\t99\t1000\t-\n"
          + "tank/a b\tvolume\t2\ton\t1-a-2-b\taes-256-gcm\ttank\t5\t6\t7\t8\ttank@x\n\u{1}"
          + "tank@s1\t11\t5\t1798761600\ntank/a b@-s 2\t12\t6\t1798761601\ntank#m\t11\t5\t1798761600\n"
      ]
    case .ties:
      [
        "bk/a@s1\t11\t5\t1798761600\t0\t12\t-\nbk/a@s2\t12\t6\t1798761601\t1\t0\tbk/c,bk/d\n",
        "bk/a@s1\t11\t0\t-\nbk/a@s2\t12\t1\tbk/c\n",
      ]
    case .words:
      [
        "cannot open 'tank/x': dataset does not exist\ncannot open 'a b': no such pool\n",
        "full\ttank@s\t624\nsize\t624\n",
      ]
    case .delegation:
      ["---- Permissions on tank ----\nLocal+Descendent permissions:\n\tuser a send,hold\n"]
    case .token:
      [
        "resume token contents:\nnvlist version: 0\n\tobject = 0x2\n\tbytes = 0x10\n"
          + "\tfromguid = 0x5\n\ttoguid = 0x6\n\ttoname = tank/a@s = 2\n"
      ]
    case .schema: ["auto-%Y-%m-%d_%H-%M", "%s", "x%Y%m%d%H%M%z", "a b:%d.%m.%Y %H%M"]
    case .schedule: ["0 */6 1,15 jan-mar mon-fri 08:00 18:00", "*/5 * * * 0 00:00 23:59"]
    case .pattern: ["tank/*/[a-c]?x*\ntank/b/cx", "*/.system\ntank/.system"]
    case .regex:
      [
        "auto-[0-9]+\nauto-12", "(?!manual).*|(?:a|b){2,3}?\nab", #"^(?P<x>\d\w+)$\b[^-a-c]"#,
        "(?i)([[:alpha:]]*)*x{2,}\nABC",
      ]
    case .foreign:
      [
        #"[{"id": 1, "name": "a", "direction": "PUSH", "transport": "LOCAL", "source_datasets": ["t/a"], "#
          + #""target_dataset": "b/a", "recursive": true, "auto": false, "retention_policy": "NONE", "#
          + #""also_include_naming_schema": ["auto-%Y-%m-%d_%H-%M"], "readonly": "SET"}]"#,
        "replication-tasks:\n  src:\n    direction: push\n    transport:\n      type: local\n"
          + "    source-dataset: t/a\n    target-dataset: b/a\n    recursive: true\n    auto: false\n"
          + "    also-include-naming-schema: [\"auto-%Y-%m-%d_%H-%M\"]\n    retention-policy: none\n",
        "0 * * * * root syncoid -r --no-sync-snap --compress=zstd-fast tank/a root@host:backup/a\n",
        "[tank/a]\n\tuse_template = x,y\n\trecursive = zfs\n\tdaily = 3\n[tank/a/b]\n[template_x]\n"
          + "\tfrequently = 4\n\tfrequent_period = 7\n\tautoprune = no\n\tscript_timeout = 5\n",
        """
        jobs:
        - name: a
          type: push
          connect: {type: local, listener_name: s, client_identity: me}
          filesystems: {"<": true, "tank<": true, "tank/x": false}
          snapshotting: {type: periodic, interval: 10m, timestamp_format: human}
          pruning:
            keep_sender: [{type: not_replicated}, {type: last_n, count: 10}]
            keep_receiver: [{type: grid, grid: 1x1h(keep=all) | 24x1h}, {type: regex, regex: "^z"}]
        - {name: b, type: pull, root_fs: tank, interval: 1h30m, connect: {type: tcp, address: "x:8"}}
        - {name: c, type: snap, filesystems: {tank: true}, snapshotting: {type: cron, cron: "0 * * * *"}}
        """,
        "0 3 * * * root zfs-autobackup --ssh-target x@y --keep-source 10,1d1w --rate 5M n bk >f\n"
          + "tank\tautobackup:n\ttrue\tlocal\ntank/a\tautobackup:n\tchild\treceived\n",
        "tank/a@autosnap_2026-11-30_23:59:01_daily\ntank/a/b@zrepl_20261130_120000_000\n"
          + "tank/a#zrepl_CURSOR_G_12ab_J_x\nNAME   USED\ntank c    1G\n",
      ]
    case .task:
      [
        """
        direction: PUSH
        transport: SSH
        connection: vault
        source_datasets: [tank/data, "tank/a b"]
        target_dataset: backup/site-a
        recursive: true
        exclude: ["*/scratch"]
        also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
        name_regex: null
        auto: true
        schedule: {minute: "15", hour: "*", begin: "00:00", end: "23:59"}
        retention_policy: CUSTOM
        lifetime_value: 2
        lifetime_unit: WEEK
        lifetimes: [{schedule: {minute: "0"}, lifetime_value: 1, lifetime_unit: MONTH}]
        properties_override: {compression: zstd}
        readonly: SET
        """
      ]
    case .snapshotTask:
      [
        "dataset: tank/data\nrecursive: true\nnaming_schema: auto-%Y-%m-%d_%H-%M\n"
          + "lifetime_value: 2\nlifetime_unit: WEEK\nschedule: {minute: \"0\"}\nexclude: [tank/data/x]\n"
      ]
    case .answers:
      [
        "source_location: local\nsource_datasets: tank/data, tank/b\nrecursive: true\ncustom_snapshots: true\n"
          + "naming_schema: auto-%Y-%m-%d_%H-%M\nname_regex: a.*\ndestination_location: ssh\n"
          + "destination: backup/x\nconnection: vault\nsudo: false\ntask_name: nightly\nschedule: daily\n"
          + "schedule_begin: 08:00\nreadonly: SET\nretention_policy: CUSTOM\nlifetime: 2 weeks\nrun: now\n"
          + "enabled: false\n"
      ]
    }
  }

  static let troubles: [[UInt8]] =
    awkward.map { Array($0.utf8) }
    + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80]]

  private static let awkward: [String] = [
    "", "\0", "\t", "\n", "\r\n", " ", "-", "--", "@", "#", "/", "//", "%", "%%", "%Y", "%s", ",",
    "..", "'", "\"", "\\", "$(x)", "`", "{", "}", "[", "]", ": ", "- ", "&a ", "*a", "!!", "|",
    ">", "~", "null", "true", "[[[[", "{{{{", "? ", "<<: ", "---\n", "...", "0", "-1", "+1", "1e9",
    "0x", "007", "18446744073709551615", "18446744073709551616", "9223372036854775807",
    "-9223372036854775808", "99999999999999999999999999", "１２", "\u{FEFF}", "\u{202E}", "é",
    "e\u{301}", "\u{1b}[2J", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "*/0", "60", "feb", "mon-", "1-", "*/", "24:00",
  ]
}
