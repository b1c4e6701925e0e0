internal import ReplicationEngine

/// Adds a line to `authorized_keys`, once, and keeps what is there.
enum KeyInstallation {
  /// Reads the key from standard input. Its exit status says what was in the way.
  static let script = [
    "IFS= read -r key; umask 077",
    "case $HOME in \"\"|/var/empty|/nonexistent|/dev/null|/) echo \"$HOME\" >&2; \(RemoteLine.told("10"));; esac",
    "[ -d \"$HOME\" ] || { echo \"$HOME\" >&2; \(RemoteLine.told("11")); }",
    "[ -d \"$HOME/.ssh\" ] || mkdir \"$HOME/.ssh\" || { \(RemoteLine.told("12")); }",
    "f=\"$HOME/.ssh/authorized_keys\"",
    "if [ -e \"$f\" ] && grep -qxF -e \"$key\" \"$f\"; then s=0; else"
      // A last line without its end would swallow the key.
      + " { if [ -s \"$f\" ] && [ -n \"$(tail -c 1 \"$f\")\" ]; then echo; fi;"
      + " printf \"%s\\n\" \"$key\"; } >> \"$f\" && s=0 || s=13; fi",
    // What sshd wants with StrictModes.
    "if [ $s = 0 ]; then chmod 700 \"$HOME/.ssh\" && chmod 600 \"$f\" || s=13; fi",
    RemoteLine.told("$s"),
  ].joined(separator: "; ")

  static func error(_ result: CommandResult, subject: String) -> HostError {
    let code: HostError.Code =
      switch result.exit {
      case .status(10): .homeUnusable
      case .status(11): .homeMissing
      case .status(12), .status(13): .homeNotWritable
      default: .system
      }
    return HostError(code, subject: subject, detail: result.errors)
  }
}
