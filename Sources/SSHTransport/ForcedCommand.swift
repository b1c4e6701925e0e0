public import ReplicationModel

/// Makes a forced command for a key: a script that lets through a task's own commands only.
public enum ForcedCommand {
  /// `key` is the public key's line, as `ssh-ed25519 AAAA… comment`, `patterns` are the commands that
  /// it may run, and `sudo` says whether zfs runs through it.
  public static func confinement(
    of key: String, to task: String, _ patterns: [CommandPattern], sudo: Bool
  ) -> KeyConfinement {
    let name = task.map { character in
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      return isPlain || character == "-" ? String(character) : "_"
    }.joined()
    let path = ".ssh/zferry-\(name)"
    // `restrict` takes away forwarding, terminals and rc files.
    return KeyConfinement(
      path: path, script: script(task: name, patterns, sudo: sudo),
      line: "restrict,command=\"/bin/sh \(path)\" \(key)")
  }

  /// The tests of a tool's words: one expression for each kind of line.
  private static func tests(_ patterns: [CommandPattern], sudo: Bool) -> String {
    var all = patterns
    if sudo {
      // `sudo -l` of a command tells whether it would be let through, and does not run it.
      all += patterns.filter { $0.tool == "zfs" }.map {
        CommandPattern("sudo", [.word("-n"), .word("-l"), .word("zfs")] + $0.parts)
      }
    }
    var tools: [String] = []
    for pattern in all where !tools.contains(pattern.tool) { tools.append(pattern.tool) }
    return tools.compactMap { tool -> String? in
      let mine = all.filter { $0.tool == tool }
      guard !mine.isEmpty else { return nil }
      let root = sudo && Command(tool, []).mayNeedRoot ? RemoteLine.asRoot : ""
      return "    '\(tool)\(root)') matches"
        + mine.map { " \\\n      -e \"\(doubleQuoted($0.expression(.tabs)))\"" }.joined() + ";;\n"
    }.joined()
  }

  /// The lines in which a packer or a connection stands beside the tool, each for `case`: taken apart, and put to work
  /// with the words that were let through.
  private static func pipes(_ patterns: [CommandPattern]) -> [(taking: String, running: String)] {
    var filters: [Command.Filter] = []
    for filter in patterns.flatMap(\.filters) where !filters.contains(filter) {
      filters.append(filter)
    }
    var links: [Command.Link] = []
    for link in patterns.compactMap(\.link) where !links.contains(link) { links.append(link) }
    let all = filters.map { RemoteLine.Pipe($0) } + links.map(NetcatLine.pipe)
    return all.enumerated().map { index, pipe in
      return (
        " \\\n  || take \(index + 1) \(Command.quoted(pipe.before)) \(Command.quoted(pipe.after))",
        "  \(index + 1)) {\(pipe.before) as_asked \"$@\"\(pipe.after);;\n"
      )
    }
  }

  /// As it stands between double quotes; a tab is the script's `$t`, which survives a paste.
  private static func doubleQuoted(_ text: String) -> String {
    text.map { character in
      if character == "\t" { return "${t}" }
      return "\\\"`$".contains(character) ? "\\\(character)" : String(character)
    }.joined()
  }

  /// Takes apart the line that was asked for, as sh would, but knows of plain words and single quotes
  /// only: nothing in it is ever run by a shell. What is left is a list of words, which has to match
  /// one of the expressions as a whole. A resume token has to be for a dataset of the task.
  private static func script(task: String, _ patterns: [CommandPattern], sudo: Bool) -> String {
    let pipes = pipes(patterns)
    return #"""
      #!/bin/sh
      # What the key of the zferry task \#(task) may run here, and nothing else.
      # Printed by: zferry task rights \#(task) --forced-command
      unset IFS
      set -f
      LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
      export LC_ALL PATH
      t=$(printf '\t.') t=${t%.}
      path=\#(Command.quoted(RemoteLine.path))
      decoder=\#(Command.quoted(RemoteLine.decoder))
      find=\#(Command.quoted(RemoteLine.find))
      run=\#(Command.quoted(RemoteLine.run))
      found=\#(Command.quoted(RemoteLine.found))
      done=\#(Command.quoted(RemoteLine.Pipe(nil).after))
      questions=\#(Command.quoted(HostQuestions.script(sudo: sudo)))

      end() { echo "\#(RemoteLine.mark)$1" >&2; exit "$1"; }
      no() {
        echo "permission denied: this key may run only what the zferry task \#(task) needs, not $1" >&2
        end 77
      }

      # Puts the words of a text into "words", with a tab behind each.
      word() { [ -n "$word" ] || no "an empty word"; words=$words$word$t word='' open=''; }
      split() {
        rest=$1 words='' word='' open=''
        while [ -n "$rest" ]; do
          case $rest in
            ' '*) rest=${rest#' '}; [ -z "$open" ] || word;;
            "'"*)
              rest=${rest#"'"} open=1
              case $rest in *"'"*) ;; *) no "an open quote";; esac
              word=$word${rest%%"'"*} rest=${rest#*"'"};;
            "\\'"*) word="$word'" rest=${rest#??} open=1;;
            [A-Za-z0-9/_.:@=,+%-]*)
              plain=${rest%%[!A-Za-z0-9/_.:@=,+%-]*}
              word=$word$plain rest=${rest#"$plain"} open=1;;
            *) no "what is written like that";;
          esac
        done
        [ -z "$open" ] || word
      }

      matches() { printf '%s\n' "$args" | grep -qxE "$@"; }
      may() {
        case $tool in
      \#(tests(patterns, sudo: sudo))    *) false;;
        esac
      }

      line=${SSH_ORIGINAL_COMMAND-}
      [ -n "$line" ] || no "a shell"
      case $line in *[[:cntrl:]]*) no "a line with control characters";; esac
      split "$line"
      IFS=$t; set -- $words; unset IFS
      [ "$#" -ge 3 ] && [ "$1 $2" = "/bin/sh -c" ] || no "that"
      body=$3
      if [ "$#" -gt 3 ]; then
        [ "$3" = "$decoder" ] && [ "$4" = sh ] || no "that"
        shift 4
        for piece; do
          case $piece in *[!\\0-7]* | *\\0000*) no "such numbers";; esac
        done
        body=$(IFS=; printf %b "$*")
        case $body in *[[:cntrl:]]*) no "a line with control characters";; esac
      fi
      case $body in "$path"*) body=${body#"$path"};; *) no "that";; esac
      if [ "$body" = "$questions" ]; then
        exec /bin/sh -c "$path$body"
      fi

      # Takes away what stands around the tool's words: alone, or beside a packer.
      take() {
        case $body in "$find"*"$run$2"*"$3") ;; *) return 1;; esac
        pipe=$1 body=${body#"$find"} body=${body%"$3"}
        tool=${body%%"$run"*} body=${body#*"$run$2"}
      }
      take 0 '' "$done"\#(pipes.map(\.taking).joined()) || no "that"
      case $body in ' sudo -n '*) tool="$tool sudo -n" body=${body#' sudo -n'};; esac
      case $body in "$found"*) body=${body#"$found"};; *) no "that";; esac
      split "$body"
      args=${words%"$t"}
      may || no "$tool ${args%%"$t"*} with these words"

      program=$(command -v "${tool%% *}") || end 127
      as_asked() {
        case $tool in
          *' sudo -n') sudo -n "$program" "$@";;
          *) "$program" "$@";;
        esac
      }
      asked=$args
      case $args in
        send*"$t-t$t"*)
          args="send$t$(as_asked send -nvt "${args##*"$t"}" 2>&1 | sed -n 's/^[[:blank:]]*toname = //p')"
          may || no "what that token stands for";;
      esac
      IFS=$t; set -- $asked; unset IFS
      case $pipe in
      \#(pipes.map(\.running).joined())  *) as_asked "$@"; end "$?";;
      esac

      """#
  }
}
