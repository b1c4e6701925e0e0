internal import ReplicationModel

/// The file of a connection. It names its key pair; the key itself lies in a file of its own.
enum ConnectionCodec {
  static func read(_ text: String, name: String) throws(YAMLProblem) -> (Connection, [Finding]) {
    var yaml = try YAMLMapping(text: text)
    var connection = Connection()
    connection.name = name
    connection.host = yaml.text("host") ?? ""
    connection.port = yaml.int("port") ?? connection.port
    connection.username = yaml.text("username") ?? connection.username
    connection.key = yaml.text("key") ?? ""
    connection.hostKey = yaml.texts("host_key") ?? []
    connection.connectTimeout = yaml.int("connect_timeout") ?? connection.connectTimeout
    connection.sudo = yaml.bool("sudo") ?? connection.sudo
    return (connection, yaml.finished)
  }

  static func write(_ connection: Connection) -> String {
    var yaml = YAMLWriter()
    yaml.text("host", connection.host)
    yaml.int("port", connection.port)
    yaml.text("username", connection.username)
    yaml.text("key", connection.key)
    yaml.texts("host_key", connection.hostKey)
    yaml.int("connect_timeout", connection.connectTimeout)
    yaml.bool("sudo", connection.sudo)
    return yaml.text()
  }
}
