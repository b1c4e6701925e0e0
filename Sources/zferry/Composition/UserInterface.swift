internal import AppRuntime
internal import ZferryApp
struct UserInterface {
  init(_ place: Workplace, look: LookOptions, opensWizard: Bool = false) {}
  @discardableResult func run() async throws -> Answers? { throw ExitStatus.usage.code }
}
