// Runs a command and writes how it went: measure FILE [-t TEXT] COMMAND… appends
// `seconds own-cpu-seconds peak-KiB status` to FILE. With -t the command has a terminal of 80x24, the
// seconds are those until it has written TEXT there, and then it is told to end. Own CPU is what the command itself used, without
// its children: a replicator is asked what moving a stream costs it, not what `zfs` costs. The peak is
// that of the largest process among the command and its children.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// The zombie still has its own times; `wait4` only tells them added to its children's.
static double own_cpu(pid_t process) {
  char path[64], text[1024] = "";
  unsigned long user = 0, system = 0;
  snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
  FILE *file = fopen(path, "r");
  if (!file) return 0;
  text[fread(text, 1, sizeof text - 1, file)] = 0;
  fclose(file);
  char *rest = strrchr(text, ')');
  if (rest) sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
  return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

// Reads what a terminal is sent until a text was among it; 0 where it never was.
static double seen(int terminal, const char *text) {
  static char all[1 << 20];
  size_t length = 0;
  for (;;) {
    ssize_t more = read(terminal, all + length, sizeof all - length);
    if (more <= 0) return 0;
    length += (size_t)more;
    if (memmem(all, length, text, strlen(text))) return now();
  }
}

int main(int count, char **words) {
  const char *text = count > 4 && strcmp(words[2], "-t") == 0 ? words[3] : NULL;
  char **command = words + (text ? 4 : 2);
  if (count < 3) return 64;
  struct winsize size = {.ws_row = 24, .ws_col = 80};
  int terminal = -1;
  // A text that never comes ends this program, and with it the terminal.
  alarm(text ? 10 : 0);
  double begin = now();
  pid_t child = text ? forkpty(&terminal, NULL, NULL, &size) : fork();
  if (child == 0) {
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
  }
  if (child < 0) return 71;
  double shown = text ? seen(terminal, text) : 0;
  if (shown != 0) {
    kill(child, SIGTERM);
    // Its farewell has to go somewhere, or it would wait.
    seen(terminal, "\001");
  }
  siginfo_t info;
  if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) != 0) return 71;
  double seconds = (shown != 0 ? shown : now()) - begin, cpu = own_cpu(child);
  int status;
  struct rusage usage;
  wait4(child, &status, 0, &usage);
  status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (text && shown == 0 && status == 0) status = 70;
  FILE *file = fopen(words[1], "a");
  if (!file || fprintf(file, "%.6f %.2f %ld %d\n", seconds, cpu, usage.ru_maxrss, status) < 0) return 73;
  fclose(file);
  return status;
}
