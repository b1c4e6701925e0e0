import ReplicationModel

/// Generate New, while it is open.
struct Pairing: Hashable, Sendable {
  enum Stage: Hashable, Sendable {
    case form
    case scanning(RequestID)
    case confirm([ShownHostKey])
    case password([ShownHostKey])
    case working(RequestID, PairingStage)
    /// Makes the key pair that is put in place by hand.
    case makingKey(RequestID)
    /// Shows the lines that somebody puts in place there.
    case byHand
    /// Logs in with the key that was put in place by hand.
    case trying(RequestID)
    /// Keeps the connection that was proved.
    case keeping(RequestID, ProvedHost)
    case proved(Connection, ProvedHost)
  }
  var stage = Stage.form
  var name = ""
  /// Whether a person typed the name: then it no longer follows the host.
  var nameIsTyped = false
  var host = ""
  var port = "22"
  var username = "root"
  var sudo = false
  /// The keys that were confirmed, as the connection keeps them.
  var accepted: [ShownHostKey] = []
  /// Dropped in the moment it is handed on.
  var password = Secret("")
  /// Whether the host asked for a one-time code beside it; most do not.
  var asksCode = false
  /// Dropped like the password.
  var code = Secret("")
  /// What went wrong last, shown on the stage it is mended on.
  var failure: Failure?
  var touched = false

  /// The connection as it is to be kept.
  var connection: Connection {
    var connection = Connection()
    connection.name = name
    connection.host = host
    connection.port = Int(port) ?? 0
    connection.username = username
    connection.key = name
    connection.hostKey = accepted.map(\.line)
    connection.sudo = sudo && username != "root"
    return connection
  }
}
