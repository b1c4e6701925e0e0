public import ReplicationModel

/// A program that is started to tell somebody something. No shell is anywhere on its way.
public struct Delivery: Hashable, Sendable {
  /// How people call this way, as `mail`.
  public var way: String
  /// A whole path, or a name that is looked for in PATH and where systems keep such programs.
  public var program: String
  public var arguments: [String]
  /// Facts beside the environment of this process.
  public var environment: [String: String]
  /// What it reads from its standard input.
  public var input: String
  /// What it must not repeat into a log.
  public var secret: Secret?

  public init(
    way: String, program: String, arguments: [String] = [], environment: [String: String] = [:],
    input: String, secret: Secret? = nil
  ) {
    self.way = way
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.secret = secret
  }

  /// How long it may take, in seconds: then it is ended.
  public static let limit = 30
}

/// Starts what tells people. It never throws, for a run has ended as it has.
public protocol NotifierPort: Sendable {
  /// What this system is called.
  var hostName: String { get }
  /// Delivers, or says what kept it from that; nil where it was done. Ends within the limit and a few
  /// seconds, whatever the program does.
  func deliver(_ delivery: Delivery) async -> String?
}
