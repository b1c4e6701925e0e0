/// Reads the size that `zfs send -nP` estimates: the line `size<tab>BYTES`.
public enum EstimateText {
  /// Bytes of the stream; nil where no size was printed.
  public static func bytes(_ output: String) -> UInt64? {
    for line in output.split(separator: "\n").reversed() {
      let words = line.split { $0 == "\t" || $0 == " " }
      if words.count == 2, words[0] == "size" { return UInt64(words[1]) }
    }
    return nil
  }
}
