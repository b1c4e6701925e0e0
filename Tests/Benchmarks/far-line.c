// A long line on one machine: far-line MILLISECONDS MBITS COMMAND… runs a command in a network of its
// own, at 198.18.0.2, that is reached from here, at 198.18.0.1, through two tunnels. Each packet takes
// half of the milliseconds, and its turn at the rate (RFC 2544 has these addresses for measuring). Unlike a relay, TCP itself sees how far it is.
// Needs root and /dev/net/tun; ends with the command, and the command with it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MTU = 9000, PACKETS = 1 << 14 };  // as many as 1 Gbit/s has on the way in a second

struct direction {
  int from, to;
  unsigned first, count;
  double free_at;  // when the last packet has left
  struct { double due; int length; unsigned char *bytes; } packets[PACKETS];
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void set_address(struct ifreq *request, const char *text) {
  struct sockaddr_in *address = (struct sockaddr_in *)&request->ifr_addr;
  memset(&request->ifr_addr, 0, sizeof request->ifr_addr);
  address->sin_family = AF_INET;
  inet_pton(AF_INET, text, &address->sin_addr);
}

// A tunnel in the network that this process is in now.
static int tunnel(const char *mine, const char *theirs) {
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  int file = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC), any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (file < 0 || any < 0 || ioctl(file, TUNSETIFF, &request) < 0) return -1;
  set_address(&request, mine);
  if (ioctl(any, SIOCSIFADDR, &request) < 0) return -1;
  set_address(&request, theirs);
  if (ioctl(any, SIOCSIFDSTADDR, &request) < 0) return -1;
  request.ifr_mtu = MTU;
  if (ioctl(any, SIOCSIFMTU, &request) < 0) return -1;
  request.ifr_qlen = 5000;
  if (ioctl(any, SIOCSIFTXQLEN, &request) < 0) return -1;
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (ioctl(any, SIOCSIFFLAGS, &request) < 0) return -1;
  strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  ioctl(any, SIOCSIFFLAGS, &request);
  close(any);
  return file;
}

static void take(struct direction *line, double delay, double bytes_a_second) {
  while (line->count < PACKETS) {
    unsigned place = (line->first + line->count) % PACKETS;
    if (!line->packets[place].bytes) line->packets[place].bytes = malloc(MTU);
    ssize_t length = read(line->from, line->packets[place].bytes, MTU);
    if (length <= 0) return;
    double time = now();
    if (line->free_at < time) line->free_at = time;
    line->free_at += (double)length / bytes_a_second;
    line->packets[place].due = line->free_at + delay;
    line->packets[place].length = (int)length;
    line->count++;
  }
}

static double give(struct direction *line) {
  for (; line->count; line->count--, line->first = (line->first + 1) % PACKETS) {
    double left = line->packets[line->first].due - now();
    if (left > 0) return left;
    if (write(line->to, line->packets[line->first].bytes, (size_t)line->packets[line->first].length) < 0) continue;
  }
  return 1;
}

static pid_t child;
static void leave(int signal) { kill(child, signal); }

int main(int count, char **words) {
  if (count < 4) return 64;
  double delay = atof(words[1]) / 2000, rate = atof(words[2]) * 125000;
  static struct direction there, back;
  int here = tunnel("198.18.0.1", "198.18.0.2");
  if (here < 0 || unshare(CLONE_NEWNET) < 0) return perror("far-line"), 71;
  int far = tunnel("198.18.0.2", "198.18.0.1");
  if (far < 0) return perror("far-line"), 71;
  there.from = back.to = here, there.to = back.from = far;
  pid_t parent = getpid();
  child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) return 71;
    execvp(words[3], words + 3);
    perror(words[3]);
    _exit(127);
  }
  signal(SIGTERM, leave);
  for (int status;;) {
    if (waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    double first = give(&there), second = give(&back), wait = first < second ? first : second;
    struct timespec time = {0, wait < 0.2 ? (long)(wait * 1e9) : 200000000};
    struct pollfd ready[2] = {
      {there.count < PACKETS ? here : -1, POLLIN, 0}, {back.count < PACKETS ? far : -1, POLLIN, 0}};
    ppoll(ready, 2, &time, NULL);
    take(&there, delay, rate);
    take(&back, delay, rate);
  }
}
