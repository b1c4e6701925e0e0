extension HelpText {
  /// Help pages of connections, keys, and of the program itself.
  static let hostPages: [String: String] = [
    "connections": """
    These are the other systems that zferry knows, and how it reaches each of them. In the \
    wizard, Enter chooses one. Generate New makes a new one step by step, and proves at the \
    end that it works. Test logs in and tells what works and what is missing; it changes \
    nothing there. A connection that a task uses cannot be deleted before that task has \
    another.
    """,
    "pairing": """
    Here a connection to another system is made. You give its address and a user; zferry then \
    asks that system for its host key, and you compare the fingerprint with what the system \
    says on its own console. This comparison is the one thing nobody can do for you: it proves \
    that you talk to the right machine. Then a key pair is made, and its public half is put \
    there with a password that you type once and that is never stored. If passwords are not \
    allowed, the lines to put there by hand are shown instead. At the end zferry logs in with \
    the new key, and shows what works and what rights are missing. If you stop on the way, \
    nothing is left behind on this system.
    """,
    "connection.edit": """
    Here you change how another system is reached. Most often that is the address, the port or \
    the user after something was moved. Test tries it out before you save, and Save keeps it. \
    If the host key has changed because the machine was set up anew, scan it again and compare \
    the fingerprint as you did at first. Nothing is written before you press Save. Tasks that \
    use this connection follow at once.
    """,
    "keys": """
    These are the key pairs with which zferry logs in to other systems. Each has a private \
    half, which never leaves this system and is never shown, and a public half, which belongs \
    into authorized_keys on the other side. Enter opens one, to read and copy its public half. \
    Generate New for a connection makes its own pair, so mostly there is nothing to do here. \
    Import takes in a private key that you have already, in OpenSSH's format or PEM. A pair that a connection uses cannot be deleted before that connection has another. Nothing \
    on other systems is changed from here.
    """,
    "key": """
    This is the public half of a key pair, in the one line that belongs into the file \
    .ssh/authorized_keys of the user on the other system. You may show it to anybody. It is \
    shown whole. Copy puts it on the clipboard of your terminal, where that allows it; Write \
    out puts it into a file. A private half with a passphrase is locked: Unlock takes the \
    passphrase and keeps it until zferry ends, and an ssh-agent that holds the key needs no \
    passphrase here. The fingerprint above it is a short form for comparing. The private half \
    stays in its file, which only its owner can read.
    """,
    "help": """
    This is the help. It opens at the field you were on; below it come the page of the screen, \
    the other fields, and the keys that work there. Up and Down move by a line, Page Up and \
    Page Down by a page. The glossary explains the words that are special to ZFS and SSH. Esc \
    closes it, and you find everything as you left it.
    """,
    "glossary": """
    These are the words that are special to ZFS, SSH and zferry, in the order of the alphabet, \
    each explained in a few sentences. You need none of them to make a backup with the wizard. \
    They help to read a plan, a conflict, or what other people write about ZFS. Up and Down \
    move, Page Up and Page Down do it by the page. Esc leads back to the help.
    """,
    "settings": """
    Here you choose how zferry looks and works on this terminal. Rich draws lines and colours; \
    basic uses letters only, and is best on a slow line or with a screen reader. It was chosen \
    for you by what the terminal can do, and Ctrl-T switches it at any time. You can also have \
    the wizard ask only what is needed. Changes count at once and are kept for you. Nothing \
    here touches your tasks or your data.
    """,
  ]
}
