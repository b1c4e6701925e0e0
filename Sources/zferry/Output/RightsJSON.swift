internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// `task rights --json`.
struct RightsJSON: Encodable {
  struct Place: Encodable {
    struct Right: Encodable {
      var right: String
      var dataset: String
      var use: String
      /// `have`, `missing`, `unknown`.
      var state: String
      var detail: String
    }
    /// `source`, `target`.
    var side: String
    var host: String
    var user: String
    var root: Bool
    var sudo: Bool
    var zfs_allow: [String]
    var sudoers: [String]
    var authorized_keys: String?
    var script_path: String?
    var script: String?
    /// What was proved; empty without --prove.
    var rights: [Right]
    var error: String?
  }
  var task: String
  var sides: [Place]
  /// Other tasks that use the same key.
  var key_shared_with: [String]

  init(_ sheet: RightsSheet) {
    task = sheet.task
    key_shared_with = sheet.sharing
    sides = sheet.places.map { place in
      Place(
        side: place.side.rawValue, host: place.host, user: place.user, root: place.isRoot,
        sudo: place.usesSudo, zfs_allow: place.allow.map(\.shellText), sudoers: place.sudoers,
        authorized_keys: place.confinement?.line, script_path: place.confinement?.path,
        script: place.confinement?.script,
        rights: place.findings.map {
          Place.Right(
            right: $0.right, dataset: $0.dataset.text, use: $0.use.rawValue,
            state: $0.state.rawValue, detail: $0.detail)
        }, error: place.failure?.code)
    }
  }
}
