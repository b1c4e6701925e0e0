public import ReplicationEngine
public import ZferryApp

/// Where what was entered and not saved is kept: readable by its owner only.
public protocol DraftsPort: Sendable {
  /// All that are kept.
  func drafts() throws(StoreError) -> [KeptDraft]
  /// Keeps a draft, in the place of one of the same name.
  func keep(_ draft: KeptDraft) throws(StoreError)
  /// Deletes a draft; one that is not there is no error.
  func drop(_ name: String) throws(StoreError)
}

/// Keeps nothing: for flows that have no screens.
public struct NoDrafts: DraftsPort {
  public init() {}
  public func drafts() throws(StoreError) -> [KeptDraft] { [] }
  public func keep(_ draft: KeptDraft) throws(StoreError) {}
  public func drop(_ name: String) throws(StoreError) {}
}
