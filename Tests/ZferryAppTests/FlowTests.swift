import TerminalCore
import FormKit
import ReplicationModel
import Testing

@testable import AppGallery
@testable import ZferryApp

/// The graph of steps, over every combination of answers that decides it.
@Suite struct FlowTests {
  static let combinations: [WizardChoices] = {
    let locations: [WizardChoices.Location?] = [nil, .local, .remote]
    return locations.flatMap { source in
      locations.flatMap { destination in
        WizardChoices.Method.allCases.flatMap { method in
          WizardChoices.Selection.allCases.flatMap { selection in
            [false, true].map { custom in
              var choices = WizardChoices()
              choices.sourceLocation = source
              choices.destinationLocation = destination
              choices.method = method
              choices.selection = selection
              choices.customSnapshots = custom
              return choices
            }
          }
        }
      }
    }
  }()

  @Test func `the SSH step is there exactly where another machine takes part`() {
    for choices in Self.combinations {
      let steps = WizardStep.shown(for: choices)
      let isRemote = choices.sourceLocation == .remote || choices.destinationLocation == .remote
      #expect(steps.contains(.connection) == isRemote)
      #expect(steps.first == .source && steps.last == .review)
      #expect(steps == WizardStep.allCases.filter(steps.contains), "the order never changes")
    }
  }

  @Test func `the title counts only the steps that come`() {
    for choices in Self.combinations {
      var state = AppState(opening: .wizard)
      state.wizard.choices = choices
      let steps = WizardStep.shown(for: choices)
      for (index, step) in steps.enumerated() {
        #expect(state.title(of: step).hasPrefix("Step \(index + 1) of \(steps.count): "))
      }
    }
  }

  @Test func `back leads through the same steps as next, whatever is missing`() {
    for choices in Self.combinations {
      var state = AppState(opening: .wizard)
      state.wizard.choices = choices
      _ = state.enter(.review)
      var seen: [WizardStep] = [.review]
      for _ in 0..<6 {
        _ = update(&state, .key(.escape))
        if case .wizard(let step) = state.route, step != seen.last { seen.append(step) }
      }
      #expect(Array(seen.reversed()) == WizardStep.shown(for: choices))
      #expect(state.wizard.choices == choices || !state.isInWizard, "values are kept")
    }
  }

  @Test func `no field is asked for on two steps, and every one has words`() {
    for choices in Self.combinations {
      var state = AppState(opening: .wizard)
      state.wizard.choices = choices
      var seen: Set<FocusID> = []
      for step in WizardStep.shown(for: choices) {
        for field in state.fields(of: step) {
          #expect(seen.insert(field.id).inserted, "\(field.id.text)")
          #expect(!field.label.isEmpty && field.help.count > 10)
          #expect(field.help.count <= 110, "\(field.id.text): one line")
        }
      }
    }
  }

  @Test func `a remote source fixes the destination to this system`() {
    var choices = WizardChoices()
    choices.sourceLocation = .remote
    choices.destinationLocation = .remote
    #expect(choices.effectiveDestination == .local)
    var state = AppState(opening: .wizard)
    state.wizard.choices = choices
    #expect(state.fields(of: .destination).contains { $0.id == "destination_fixed" })
    #expect(!state.fields(of: .destination).contains { $0.id == "destination_location" })
  }
}
