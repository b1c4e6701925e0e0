import ReplicationModel

/// Where the screens run on a practice ground: what the pretend host is called, and that it is one.
public struct Practice: Hashable, Sendable {
  public var host: String
  public var port: Int
  public var username: String
  /// Opens nothing but the practice ground, and so may be shown; nil where there is none.
  public var password: String?

  public init(host: String, port: Int, username: String, password: String?) {
    self.host = host
    self.port = port
    self.username = username
    self.password = password
  }

  /// Generate New, filled in.
  var pairing: Pairing {
    var pairing = Pairing()
    pairing.host = host
    pairing.port = String(port)
    pairing.username = username
    pairing.name = "vault"
    pairing.nameIsTyped = true
    return pairing
  }

  var words: String {
    let password = password.map { " Its password is \($0)." } ?? ""
    return "This is practice: the pretend host vault is \(host), port \(port).\(password)"
  }
}
