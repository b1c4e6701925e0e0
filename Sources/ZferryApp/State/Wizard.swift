import FormKit
import ReplicationModel

/// The wizard while it is open.
struct Wizard: Hashable, Sendable {
  var choices = WizardChoices()
  /// Fields that were left once: only these show what is wrong with them.
  var touched: Set<FocusID> = []
  /// All findings on the choices as they are now.
  var findings: [Finding] = []
  /// What the findings were made of: while that stays, so do they.
  var checked: Checked?
  var counting: RequestID?
  var counted: Result<[SnapshotCount], Failure>?
  var proving: RequestID?
  var proof: Result<ProvedHost, Failure>?
  var planning: RequestID?
  var preview: Result<Preview, Failure>?
  /// What `preview` was asked for: the review asks again where the choices are other ones.
  var previewOf: WizardChoices?
  var saving: RequestID?
  /// Set where the task is to be run once it is saved.
  var runsAfterSave = false
  /// Set where it is saved as disabled, because it cannot run yet.
  var savesDisabled = false
  var saveFailure: Failure?

  struct Checked: Hashable, Sendable {
    var choices: WizardChoices
    var library: Library
    /// Schedules are looked at from a minute on.
    var minute: Int64
  }

  /// What the choices were when it was opened.
  var start = WizardChoices()
  /// Choices that were filled in all at once, so that nothing has to follow from them.
  var settled: WizardChoices?
  /// The stored task that it was filled in from.
  var loadedTask: String?
  /// The kept draft that this goes on with.
  var draftName: String?

  /// Whether anything was entered.
  var isBegun: Bool { choices != WizardChoices() }

  /// Whether leaving would lose something.
  var isChanged: Bool { choices != start }
}
