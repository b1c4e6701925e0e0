/// A program that packs a stream on the host that sends, and unpacks it on the host that receives.
public struct Packer: Hashable, Sendable {
  /// Programs that read standard input, write standard output, and mark the end of what they packed,
  /// so that a stream that was cut never passes for a whole one.
  public enum Program: String, CaseIterable, Sendable {
    case lz4
    case pigz
    case plzip
    case zstd

    /// What prints its version and does nothing else.
    public var proof: Command { Command(rawValue, ["--version"]) }
  }
  public var program: Program
  public var level: Int

  public init(_ program: Program, level: Int) {
    self.program = program
    self.level = level
  }

  /// What a task's compression stands for; nil for `ADAPTIVE`, which a run decides.
  public init?(_ compression: TaskDraft.Compression) {
    switch compression {
    case .lz4: self.init(.lz4, level: 1)
    case .pigz: self.init(.pigz, level: 6)
    case .plzip: self.init(.plzip, level: 6)
    case .zstd: self.init(.zstd, level: 3)
    case .adaptive: return nil
    }
  }

  /// What the stream goes through on the host that sends.
  public var packing: Command.Filter {
    Command.Filter(program, ["-q", "-c", "-\(level)"], .after)
  }

  /// What it comes through on the host that receives.
  public var unpacking: Command.Filter { Command.Filter(program, ["-q", "-d", "-c"], .before) }

  /// As logs and messages name it: `zstd -3`.
  public var text: String { "\(program.rawValue) -\(level)" }
}

extension Command {
  /// A packer beside a command, on the same host.
  public struct Filter: Hashable, Sendable {
    /// Where it stands in the pipe.
    public enum Place: Sendable {
      /// It feeds the command.
      case before
      /// It takes what the command prints.
      case after
    }
    public var program: Packer.Program
    public var arguments: [String]
    public var place: Place

    public init(_ program: Packer.Program, _ arguments: [String], _ place: Place) {
      self.program = program
      self.arguments = arguments
      self.place = place
    }

    /// It alone, as a command.
    public var command: Command { Command(program.rawValue, arguments) }
  }
}

extension TaskDraft.Compression {
  /// The programs that both hosts need for it.
  public var programs: [Packer.Program] {
    Packer(self).map { [$0.program] } ?? [.zstd]
  }
}
