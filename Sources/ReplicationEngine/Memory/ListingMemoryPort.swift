/// Keeps what listings told from one run to the next. What is lost, or was damaged, costs time only.
public protocol ListingMemoryPort: Sendable {
  /// What was kept under a name; nil where there is nothing, or it cannot be read.
  func listing(_ name: String) -> [UInt8]?
  /// Keeps it, whole or not at all; that it could not be kept is nobody's trouble.
  func keep(_ bytes: [UInt8], as name: String)
}
