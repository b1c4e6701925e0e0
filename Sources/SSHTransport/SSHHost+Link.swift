internal import Dispatch
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

extension SSHHost {
  /// Seconds within which the other side has to be at the connection.
  private static let patience = 30.0
  /// Ports that are tried on the other side: one may be taken, or somebody else may come to it first.
  private static let attempts = 5

  /// A stream that takes a connection of its own, beside SSH and without encryption.
  func linked(_ command: Command, _ link: Command.Link) async throws(HostError) -> LinkedStream {
    switch link.netcat.listener {
    case .local: try await waited(for: command, link)
    case .remote: try await dialled(command, link)
    }
  }

  /// This side listens, and the other one comes.
  private func waited(for command: Command, _ link: Command.Link) async throws(HostError)
    -> LinkedStream
  {
    let doorway = try Doorway(address: link.netcat.listenAddress, ports: link.netcat.ports)
    defer { doorway.shut() }
    let address = link.netcat.connectAddress
    let port = doorway.port
    return try await opened(command, link, address, port, turnedAway: { doorway.turnedAway }) {
      (token, stop) throws(HostError) in
      if let peer = doorway.peer(with: token, until: Deadline(seconds: Self.patience), stop) {
        return peer
      }
      throw HostError(
        .linkTimeout, subject: self.label,
        detail: "\(address ?? "the address of the SSH connection"), port \(port)"
          + (doorway.turnedAway.isEmpty
            ? "" : "; turned away: \(doorway.turnedAway.joined(separator: ", "))"))
    }
  }

  /// The other side listens: another port where somebody else came first, or it is taken.
  private func dialled(_ command: Command, _ link: Command.Link) async throws(HostError)
    -> LinkedStream
  {
    let host = link.netcat.connectAddress ?? connection.host
    let ports = link.netcat.ports ?? Netcat.unasked
    var turnedAway: [String] = []
    var left = min(Self.attempts, ports.count)
    while true {
      let port = Int.random(in: ports)
      let known = turnedAway
      do throws(HostError) {
        return try await opened(
          command, link, link.netcat.listenAddress, port, turnedAway: { known }
        ) { (token, stop) throws(HostError) in
          try LinkDial(host: host, port: port, seconds: Self.patience / 3).peer(with: token, stop)
        }
      } catch {
        left -= 1
        let mayPass = [.linkFailed, .linkTimeout].contains(error.code)
        guard left > 0, mayPass, !Task.isCancelled else { throw error }
        if error.code == .linkTimeout { turnedAway.append("port \(port) of \(host)") }
      }
    }
  }

  /// Starts the line, and lets the command begin once `meet` has found its end of the connection.
  private func opened(
    _ command: Command, _ link: Command.Link, _ address: String?, _ port: Int,
    turnedAway: @Sendable () -> [String],
    meet: @escaping @Sendable (LinkToken, StopSignal) throws(HostError) -> CInt
  ) async throws(HostError) -> LinkedStream {
    let token = LinkToken()
    let line = RemoteLine.text(command, sudo: connection.sudo)
    // What the command writes is the connection's: for SSH it only ever listens.
    let control = LinkControl(try await builtIn(line, .receiving, nil), label: label)
    control.say("\(token.text) \(LinkToken.name) \(address ?? NetcatLine.noAddress) \(port)\n")
    let stop = StopSignal()
    work.add(stop)
    defer { work.remove(stop) }
    // A line that has ended brings nobody any more.
    let end = Task<Result<CommandResult, HostError>, Never> {
      let result: Result<CommandResult, HostError>
      do throws(HostError) { result = .success(try await control.finish()) } catch {
        result = .failure(error)
      }
      stop.raise()
      return result
    }
    let isPush = link.place == .before
    do throws(HostError) {
      let peer = try await Blocking.run(
        on: DispatchQueue(label: "zferry.link.meeting"), stop: stop
      ) { () throws(HostError) in try meet(token, stop) }
      Endpoint.configure(peer)
      return try LinkedStream(
        control, connection: peer, isPush ? .receiving : .sending, turnedAway: turnedAway())
    } catch {
      let hasEnded = stop.isRaised && !Task.isCancelled
      await control.terminate()
      let ended = await end.value
      if Task.isCancelled { throw HostError(.cancelled, subject: label) }
      guard hasEnded else { throw error }
      throw cause(ended)
    }
  }

  /// Why a line has ended before its command began.
  private func cause(_ end: Result<CommandResult, HostError>) -> HostError {
    switch end {
    case .failure(let error): error
    case .success(let result) where result.errors.contains(NetcatLine.noTool):
      HostError(.linkTool, subject: label, detail: NetcatLine.tools.joined(separator: ", "))
    case .success(let result):
      HostError(.linkFailed, subject: label, detail: result.errors)
    }
  }
}

/// The other side listens: this one comes, and wants to hear the token.
struct LinkDial: Sendable {
  let host: String
  let port: Int
  /// How long all of it may take.
  let seconds: Double

  /// Whom a call has reached.
  private enum Answer {
    case peer, stranger
    /// Hung up without a word, as a router does that forwards the port while nobody listens there.
    case nobody
  }

  /// The socket of the peer that has said the token, not blocking. Until it listens, it is called again.
  func peer(with token: LinkToken, _ stop: StopSignal) throws(HostError) -> CInt {
    let deadline = Deadline(seconds: seconds)
    let endpoint = Endpoint(host: host, port: port, timeout: Int(seconds))
    var detail = endpoint.label
    repeat {
      do throws(HostError) {
        let socket = try endpoint.connect(stop)
        switch answer(token, socket, until: deadline, stop) {
        case .peer: return socket
        case .nobody: close(socket)
        case .stranger:
          close(socket)
          throw HostError(.linkTimeout, subject: endpoint.label, detail: endpoint.label)
        }
      } catch {
        guard error.code == .refused else {
          throw error.code == .connectTimeout
            ? HostError(.linkTimeout, subject: endpoint.label, detail: error.detail) : error
        }
        detail = error.detail
      }
      var watched = pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&watched, 1, 100) > 0 { throw HostError(.cancelled, subject: endpoint.label) }
    } while !deadline.hasPassed
    throw HostError(.linkTimeout, subject: endpoint.label, detail: detail)
  }

  private func answer(
    _ token: LinkToken, _ socket: CInt, until deadline: Deadline, _ stop: StopSignal
  ) -> Answer {
    var said: [UInt8] = []
    let wanted = token.line.count
    while said.count < wanted, !deadline.hasPassed {
      var watched = [
        pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&watched, 2, deadline.milliseconds)
      guard watched[1].revents == 0 else { return .nobody }
      var bytes = [UInt8](repeating: 0, count: wanted - said.count)
      let count = recv(socket, &bytes, bytes.count, 0)
      if count > 0 {
        said += bytes[..<count]
      } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
        return said.isEmpty ? .nobody : .stranger
      }
    }
    return token.isSaid(by: said) ? .peer : .stranger
  }
}
