/// How the data of a task get a TCP connection of their own, without encryption: which side listens,
/// where, and what the other one dials.
public struct Netcat: Hashable, Sendable {
  /// The side that opens the port.
  public var listener: TaskDraft.Side
  /// Where it listens; nil for all of its addresses.
  public var listenAddress: String?
  /// The ports it may open; nil for any that is free.
  public var ports: ClosedRange<Int>?
  /// What the other side dials; nil for the address that the SSH connection has.
  public var connectAddress: String?

  public init(
    listener: TaskDraft.Side, listenAddress: String? = nil, ports: ClosedRange<Int>? = nil,
    connectAddress: String? = nil
  ) {
    self.listener = listener
    self.listenAddress = listenAddress
    self.ports = ports
    self.connectAddress = connectAddress
  }

  /// What a draft asks for; nil where its data go another way, or its fields have errors.
  public init?(_ draft: TaskDraft) {
    guard draft.transport == .sshNetcat, let listener = draft.netcatActiveSide else { return nil }
    let (low, high) = (draft.netcatActiveSidePortMin, draft.netcatActiveSidePortMax)
    var ports: ClosedRange<Int>?
    if low != nil || high != nil {
      // A range that ends below what is usual begins at the first port there is.
      let least = (high ?? Self.highest) < Self.lowest ? 1 : Self.lowest
      let (low, high) = (low ?? least, high ?? Self.highest)
      guard low <= high else { return nil }
      ports = low...high
    }
    self.init(
      listener: listener, listenAddress: draft.netcatActiveSideListenAddress, ports: ports,
      connectAddress: draft.netcatPassiveSideConnectAddress)
  }

  /// What stands for an end of the range that nobody chose.
  static let lowest = 1_024
  static let highest = 65_535
  /// Where the other side listens and nobody chose: it can take a free one, but not say which, and these
  /// are no service's (RFC 6335).
  public static let unasked = 49_152...65_535
}

extension Command {
  /// A TCP connection beside a command, which another host than this one has to make or to wait for.
  public struct Link: Hashable, Sendable {
    public var netcat: Netcat
    /// Whether it feeds the command, or takes what that prints.
    public var place: Filter.Place

    public init(_ netcat: Netcat, _ place: Filter.Place) {
      self.netcat = netcat
      self.place = place
    }
  }
}
