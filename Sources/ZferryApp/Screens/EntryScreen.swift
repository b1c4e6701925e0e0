import FormKit
import ReplicationModel

extension ScreenSpec {
  static let entry = ScreenSpec(
    view: \.entryScreen, fields: { [$0.entryField] },
    note: { state, _ in
      state.management.entry.isTried ? state.entryProblem.map { Note(.error, $0) } : nil
    },
    press: { state, id in id == "entry.go" ? state.finishEntry() : state.goBack() },
    changing: ["entry.go"])
}

extension Entry.Purpose {
  var title: String {
    switch self {
    case .newKey: "New key pair"
    case .importKey: "Import a key pair"
    case .unlockKey(let name): "Unlock \(Words.escaped(name))"
    case .export(let task): "Export \(Words.escaped(task))"
    case .writeKey(let name): "Write out the public key \(Words.escaped(name))"
    case .writeLog(let run): "Write out the log of \(Words.escaped(run.task))"
    case .writeRights: "Write out the rights"
    }
  }

  var words: String {
    switch self {
    case .newKey: "Makes an ed25519 key pair; the private half never leaves this system."
    case .importKey: "Takes in a private key that was made elsewhere: OpenSSH or PEM."
    case .unlockKey: "Keeps the passphrase until zferry ends, and writes it nowhere."
    case .export: "Writes the task's file, as zferry task apply takes it."
    case .writeKey: "Writes the one line for authorized_keys."
    case .writeLog: "Writes the log as text."
    case .writeRights: "Writes the lines for both sides as text, as they are shown."
    }
  }

  var button: String {
    switch self {
    case .newKey: "Generate"
    case .importKey: "Import"
    case .unlockKey: "Unlock"
    case .export, .writeKey, .writeLog, .writeRights: "Write"
    }
  }
}

extension AppState {
  /// Opens the screen that asks for one text.
  mutating func ask(for purpose: Entry.Purpose, suggesting text: String) {
    management.entry = Entry(purpose: purpose, text: text)
    push(.entry)
  }

  var entryScreen: Screen {
    let entry = management.entry
    return Screen(
      id: route.id, title: entry.purpose.title, purpose: entry.purpose.words,
      blocks: [.field(fieldView(entryField))],
      actions: [
        Action(
          id: "entry.go", title: entry.purpose.button,
          enabled: management.change == nil ? .yes : .no(reason: "It is being done.")),
        Action(id: "entry.back", title: "Back"),
      ], status: StatusLine(field(place.focus)?.help ?? ""), focus: place.focus)
  }

  var entryField: FieldSpec {
    switch management.entry.purpose {
    case .newKey:
      FieldSpec(
        id: "entry.text", label: "Name", help: "What the key pair is called here, as vault.",
        required: true, kind: .text(\.management.entry.text, refuses: Refusal.notFileName))
    case .importKey:
      FieldSpec(
        id: "entry.text", label: "File",
        help: "The private key, as ~/.ssh/id_ed25519; the pair is named after the file.",
        required: true, kind: .text(\.management.entry.text))
    case .unlockKey:
      FieldSpec(
        id: "entry.text", label: "Passphrase",
        help: "What the private key was locked with when it was made.", required: true,
        kind: .text(
          get: { $0.management.entry.secret.revealed },
          set: { $0.management.entry.secret = Secret($1) }, secret: true, refuses: { _ in nil }))
    case .export, .writeKey, .writeLog, .writeRights:
      FieldSpec(
        id: "entry.text", label: "File",
        help: "From the folder zferry was started in, or a whole path as /root/key.pub.",
        required: true, kind: .text(\.management.entry.text))
    }
  }

  /// The name of an imported pair: that of its file.
  private var importedName: String {
    TaskNaming.plain(String(management.entry.text.split(separator: "/").last ?? ""))
  }

  /// Why what was typed cannot be used, or nil.
  var entryProblem: String? {
    let entry = management.entry
    if entryField.isMissing(self) { return "\(entryField.label) is required." }
    let name: String
    switch entry.purpose {
    case .newKey: name = entry.text
    case .importKey: name = importedName
    case .unlockKey, .export, .writeKey, .writeLog, .writeRights: return nil
    }
    if name.hasPrefix(".") { return "Name cannot begin with a dot. Choose another." }
    return library.keys.contains { $0.name == name }
      ? "Name is taken: a key pair \(Words.escaped(name)) exists. Choose another." : nil
  }

  mutating func finishEntry() -> [Effect] {
    management.entry.isTried = true
    let entry = management.entry
    if let problem = entryProblem {
      setFocus("entry.text")
      notice = Note(.error, problem)
      return []
    }
    switch entry.purpose {
    case .newKey:
      return start(done: "The key pair \(Words.escaped(entry.text)) is made.", closes: 1) {
        .makeKey($0, name: entry.text)
      }
    case .importKey:
      let name = importedName
      return start(done: "The key pair \(Words.escaped(name)) is imported.", closes: 1) {
        .importKey($0, name: name, path: entry.text)
      }
    case .unlockKey(let name):
      management.entry.secret = Secret("")
      return start(
        done: "Its passphrase is kept until zferry ends; a login tells whether it is right.",
        closes: 1
      ) {
        .unlockKey($0, name: name, entry.secret)
      }
    case .export(let task): return writeOut(WriteOut(.task(task), path: entry.text))
    case .writeKey(let name):
      let line = library.keys.first { $0.name == name }?.publicKey ?? ""
      return writeOut(WriteOut(.text(line + "\n"), path: entry.text))
    case .writeLog:
      guard case .success(let lines)? = management.log.result else { return [] }
      let text = lines.map { "\(moment($0.at))  \(Words.escaped($0.line))\n" }.joined()
      return writeOut(WriteOut(.text(text), path: entry.text))
    case .writeRights:
      return writeOut(WriteOut(.text(rightsText), path: entry.text))
    }
  }
}

extension Question {
  static func replacingFile(_ order: WriteOut?) -> QuestionSpec {
    let path = Words.escaped(order?.path ?? "")
    return QuestionSpec(
      "Replace the file?", "\(path) is there already, and what is in it would be lost.",
      [
        .stay("Leave it"),
        .go("Replace it") { state in
          guard var order else { return [] }
          order.replaces = true
          return state.writeOut(order)
        },
      ])
  }
}
