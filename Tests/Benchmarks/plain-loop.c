// What libssh2 gives to whoever uses it plainly: pieces of 256 KiB from standard input into one channel,
// each call waiting until it is through. plain-loop PORT KEY COMMAND
#include <arpa/inet.h>
#include <libssh2.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void must(int good, const char *what) {
  if (good) return;
  fprintf(stderr, "plain-loop: %s failed\n", what);
  exit(1);
}

int main(int count, char **words) {
  static char piece[256 << 10];
  must(count == 4, "reading the words");
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(words[1]))};
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int line = socket(AF_INET, SOCK_STREAM, 0);
  must(connect(line, (struct sockaddr *)&place, sizeof place) == 0, "connecting");
  must(libssh2_init(0) == 0, "starting libssh2");
  LIBSSH2_SESSION *session = libssh2_session_init();
  must(session && libssh2_session_handshake(session, line) == 0, "the key exchange");
  const char *user = getenv("USER") ? getenv("USER") : "root";
  must(libssh2_userauth_publickey_fromfile(session, user, NULL, words[2], NULL) == 0, "the login");
  LIBSSH2_CHANNEL *channel = libssh2_channel_open_session(session);
  must(channel && libssh2_channel_exec(channel, words[3]) == 0, "starting the command");
  ssize_t got;
  while ((got = read(0, piece, sizeof piece)) > 0) {
    for (ssize_t at = 0, sent; at < got; at += sent) {
      sent = libssh2_channel_write(channel, piece + at, (size_t)(got - at));
      must(sent > 0, "sending");
    }
  }
  libssh2_channel_send_eof(channel);
  while (libssh2_channel_read(channel, piece, sizeof piece) > 0) continue;
  libssh2_channel_close(channel);
  libssh2_channel_wait_closed(channel);
  int status = libssh2_channel_get_exit_status(channel);
  libssh2_channel_free(channel);
  libssh2_session_disconnect(session, "done");
  return status;
}
