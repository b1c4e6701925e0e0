/// What a cell is for; the terminal gives each role a look, in colour or in mono.
///
/// In mono, focus, selected, disabled and error differ without colour (ux.md 56).
public enum Role: UInt8, CaseIterable, Sendable {
  case text, title, dim, accent, focus, selected, disabled, input, inputFocus
  case error, warning, success, button, danger, footerKey, footer, border, progress
}
