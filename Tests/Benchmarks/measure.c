// Runs a command and writes how it went: measure FILE COMMAND… appends
// `seconds own-cpu-seconds peak-KiB status` to FILE. Own CPU is what the command itself used, without
// its children: a replicator is asked what moving a stream costs it, not what `zfs` costs. The peak is
// that of the largest process among the command and its children.
#include <fcntl.h>
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

int main(int count, char **words) {
  if (count < 3) return 64;
  double begin = now();
  pid_t child = fork();
  if (child == 0) {
    execvp(words[2], words + 2);
    perror(words[2]);
    _exit(127);
  }
  siginfo_t info;
  if (child < 0 || waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) != 0) return 71;
  double seconds = now() - begin, cpu = own_cpu(child);
  int status;
  struct rusage usage;
  wait4(child, &status, 0, &usage);
  status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  FILE *file = fopen(words[1], "a");
  if (!file || fprintf(file, "%.6f %.2f %ld %d\n", seconds, cpu, usage.ru_maxrss, status) < 0) return 73;
  fclose(file);
  return status;
}
