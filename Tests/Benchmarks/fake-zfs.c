// A fake `zfs` and `zpool` for counting and timing what a tool does around a replication: it lists as
// many datasets and snapshots as it is told to, and takes streams of any size. It is no model of how
// ZFS behaves (that is the sandbox) and no proof of anything (that is the lab).
//
// What it holds follows from the environment, so that 10,000 datasets cost nothing to make:
//   FAKE_DATASETS   datasets: `origin/data` and its children on one side, `copies/data` on the other
//   FAKE_SNAPSHOTS  snapshots of each, an hour apart
//   FAKE_BEHIND     how many of the newest the copies do not have
//   FAKE_STATE      a file that remembers what was received, bookmarked and destroyed
//   FAKE_CALLS      a file that gets a line for each process
//   FAKE_BYTES      the size of a stream
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SOURCE, COPY, NAME = 256, POOL = -1 };
static const char *const pools[] = {"origin", "copies"};
static const long first_creation = 1767225600;  // 2026-01-01 00:00 UTC
static int datasets, snapshots, behind;
static char (*snapshot_names)[32];  // made once: listing a million of them is then only copying
// Index 0 is `data`, the others are below it; POOL is the pool itself.
struct place { int side, index; };

// A snapshot or bookmark; `next` chains what the state file adds to one dataset.
struct point {
  char mark, name[NAME];
  uint64_t guid;
  long creation;
  struct point *next;
};
static struct point **added[2];

static long number(const char *variable, long otherwise) {
  const char *value = getenv(variable);
  return value && *value ? atol(value) : otherwise;
}

static int fail(int status, const char *format, ...) {
  va_list values;
  va_start(values, format);
  vfprintf(stderr, format, values);
  va_end(values);
  return fputc('\n', stderr), status;
}

static void full_name(struct place place, char *text) {
  int end = snprintf(text, NAME, "%s%s", pools[place.side], place.index == POOL ? "" : "/data");
  if (place.index > 0) snprintf(text + end, NAME - 20, "/d%05d", place.index);
}

// Reads `dataset`, or the part of `dataset@snapshot` before the mark. Returns 0 where there is none.
static int find_place(const char *text, struct place *place) {
  size_t length = strcspn(text, "@#");
  for (int side = SOURCE; side <= COPY; side++) {
    char name[NAME];
    int index = 0;
    if (length == strlen(pools[side]) && !strncmp(text, pools[side], length)) index = POOL;
    else if (length > 13 && text[12] == 'd') index = atoi(text + 13);
    if (index >= datasets) continue;
    *place = (struct place){side, index};
    full_name(*place, name);
    if (strlen(name) == length && !strncmp(name, text, length)) return 1;
  }
  return 0;
}

// A number that looks like a GUID, the same on both sides.
static uint64_t guid_of(int index, int snapshot) {
  uint64_t value = ((uint64_t)(index + 2) << 32) + (uint64_t)(snapshot + 1);
  value = (value ^ (value >> 31)) * 0x9E3779B97F4A7C15u;
  value = (value ^ (value >> 29)) * 0xBF58476D1CE4E5B9u;
  return (value ^ (value >> 32)) | 1;
}

static int by_creation(const void *left, const void *right) {
  const struct point *one = left, *other = right;
  if (one->creation != other->creation) return one->creation < other->creation ? -1 : 1;
  return other->mark - one->mark;
}

// All that a dataset has, the oldest first; a snapshot before its bookmark.
static struct point *points_of(struct place place, int *count) {
  static struct point *points;
  static int room;
  int base = place.index == POOL ? 0 : snapshots - (place.side == COPY ? behind : 0), more = 0;
  struct point *first = place.index == POOL ? NULL : added[place.side][place.index];
  for (struct point *point = first; point; point = point->next) more++;
  if (base + more > room) points = realloc(points, (size_t)(room = base + more) * sizeof *points);
  for (int i = 0; i < base; i++) {
    points[i].mark = '@', points[i].guid = guid_of(place.index, i);
    points[i].creation = first_creation + 3600L * i;
    memcpy(points[i].name, snapshot_names[i], sizeof *snapshot_names);
  }
  for (more = 0; first; first = first->next) points[base + more++] = *first;
  if (more) qsort(points, (size_t)(base + more), sizeof *points, by_creation);
  *count = base + more;
  return points;
}

// Reads what was changed: lines `+ side index mark name guid creation` and `- side index mark name`.
// Only those of one dataset where `only` is given, so that each of many calls stays cheap.
static void load_state(const struct place *only) {
  for (int side = SOURCE; side <= COPY; side++)
    added[side] = calloc((size_t)datasets, sizeof *added[side]);
  const char *path = getenv("FAKE_STATE");
  FILE *file = path ? fopen(path, "r") : NULL;
  char line[600];
  if (!file) return;
  while (fgets(line, sizeof line, file)) {
    char *end;
    struct place place = {line[2] - '0', 0};
    place.index = (int)strtol(line + 4, &end, 10);
    if (place.side < 0 || place.side > COPY || place.index < 0 || place.index >= datasets) continue;
    if (only && (only->side != place.side || only->index != place.index)) continue;
    struct point point = {0};
    if (sscanf(end, " %c %255s %lu %ld", &point.mark, point.name, &point.guid, &point.creation) < 2) continue;
    struct point **link = &added[place.side][place.index];
    while (*link && (line[0] == '+' || (*link)->mark != point.mark || strcmp((*link)->name, point.name)))
      link = &(*link)->next;
    if (line[0] == '-') {
      if (*link) *link = (*link)->next;
    } else {
      *link = malloc(sizeof point);
      **link = point;
    }
  }
  fclose(file);
}

// One write a line: several processes share the file.
static void append(const char *variable, const char *format, ...) {
  const char *path = getenv(variable);
  char line[8192];
  if (!path) return;
  va_list values;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  int file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
  if (file < 0 || write(file, line, (size_t)length) != length) exit(fail(1, "fake: cannot write %s", path));
  close(file);
}

static void remember(struct place place, const struct point *point) {
  append("FAKE_STATE", "+ %d %d %c %s %lu %ld\n", place.side, place.index, point->mark, point->name, point->guid,
         point->creation);
}

// Finds `dataset@snapshot` or `dataset#bookmark`.
static int find_point(const char *text, struct place *place, struct point *found) {
  const char *mark = text + strcspn(text, "@#");
  int count;
  if (!*mark || !find_place(text, place) || place->index == POOL) return 0;
  for (struct point *point = points_of(*place, &count); count--; point++)
    if (point->mark == *mark && !strcmp(point->name, mark + 1)) return *found = *point, 1;
  return 0;
}

// ---- zfs list, zfs get and zpool get

static char *columns[32], *properties[32];
static int column_count, property_count, is_get;
static int wants_dataset, wants_snapshot, wants_bookmark;

static int split(char *text, char **words) {
  int count = 0;
  for (char *word = strtok(text, ","); word && count < 32; word = strtok(NULL, ",")) words[count++] = word;
  return count;
}

// The value of a property, for a dataset or (with a point) something of it.
static const char *value_of(const char *property, struct place place, const char *name,
                            const struct point *point, char *text) {
  uint64_t value;
  if (!strcmp(property, "name")) return name;
  if (!strncmp(property, "feature@", 8)) return "active";
  if (!strcmp(property, "guid")) value = point ? point->guid : guid_of(place.index, -1) + (uint64_t)place.side * 2;
  else if (!strcmp(property, "createtxg")) value = point ? (uint64_t)(point->creation - first_creation) + 1000 : 10;
  else if (!strcmp(property, "creation")) value = point ? (uint64_t)point->creation : (uint64_t)first_creation - 60;
  else if (!strcmp(property, "type")) return !point ? "filesystem" : point->mark == '@' ? "snapshot" : "bookmark";
  else if (!strcmp(property, "used") || !strcmp(property, "referenced")) value = 100000000;
  else if (!strcmp(property, "available")) value = 1000000000000;
  else if (!strcmp(property, "recordsize")) value = 131072;
  else if (!strncmp(property, "written", 7) || !strcmp(property, "userrefs")) value = 0;
  // Copies arrive read-only; one that has to be made so would be a process that no bench asks about.
  else if (!strcmp(property, "readonly")) return place.side == COPY ? "on" : "off";
  else if (!strcmp(property, "encryption")) return "off";
  else if (!strcmp(property, "snapshots_changed")) {
    if (point || place.index == POOL) return "-";
    // What is received moves it on; without that it stands at the newest snapshot.
    value = (uint64_t)(first_creation + 3600L * (snapshots - (place.side == COPY ? behind : 0)));
    for (struct point *p = added[place.side][place.index]; p; p = p->next) value += p->mark == '@';
  } else return "-";
  snprintf(text, NAME, "%lu", (unsigned long)value);
  return text;
}

static void print_object(struct place place, const char *name, const struct point *point) {
  char text[NAME];
  for (int p = 0; p < (is_get ? property_count : 1); p++)
    for (int c = 0; c < column_count; c++) {
      const char *word = columns[c];
      if (is_get && !strcmp(word, "property")) word = properties[p];
      else word = value_of(is_get && !strcmp(word, "value") ? properties[p] : word, place, name, point, text);
      fputs_unlocked(word, stdout);
      putchar_unlocked(c == column_count - 1 ? '\n' : '\t');
    }
}

static void print_points(struct place place, const char *name) {
  char whole[2 * NAME];
  int count;
  for (struct point *point = points_of(place, &count); count--; point++) {
    if (!(point->mark == '@' ? wants_snapshot : wants_bookmark)) continue;
    snprintf(whole, sizeof whole, "%s%c%s", name, point->mark, point->name);
    print_object(place, whole, point);
  }
}

// `depth` is how far below `place` the listing goes: points count as one step, as in ZFS.
static void print_tree(struct place place, int depth) {
  char name[NAME];
  full_name(place, name);
  if (wants_dataset) print_object(place, name, NULL);
  if (depth >= 1) print_points(place, name);
  if (depth >= 1 && place.index == POOL) print_tree((struct place){place.side, 0}, depth - 1);
  for (int i = 1; depth >= 1 && place.index == 0 && i < datasets; i++)
    print_tree((struct place){place.side, i}, depth - 1);
}

static int list(int count, char **words) {
  int depth = 0, option;
  char *types = NULL;
  column_count = split(strdup(is_get ? "name,property,value,source" : "name,used"), columns);
  while ((option = getopt(count, words, "Hprd:t:o:s:S:")) != -1) {
    if (option == 'r') depth = 1000;
    if (option == 'd') depth = atoi(optarg);
    if (option == 't') types = optarg;
    if (option == 'o') column_count = split(optarg, columns);
    if (option == '?') return 2;
  }
  if (is_get && optind < count) property_count = split(words[optind++], properties);
  // Of a pool: the features that tools look for.
  if (property_count == 1 && !strcmp(properties[0], "all"))
    property_count = split(strdup("guid,feature@extensible_dataset,feature@large_blocks,feature@bookmark_v2,"
                                  "feature@bookmark_written"), properties);
  wants_dataset = !types || strstr(types, "filesystem") || strstr(types, "all");
  wants_snapshot = types && (strstr(types, "snap") || strstr(types, "all"));
  wants_bookmark = types && (strstr(types, "bookmark") || strstr(types, "all"));
  if (!depth && types && !wants_dataset) depth = 1;  // `list -t snapshot` lists what the dataset has
  struct place place;
  load_state(depth <= 1 && optind == count - 1 && find_place(words[optind], &place) ? &place : NULL);
  int status = 0;
  for (; optind < count; optind++) {
    const char *name = words[optind];
    struct point point;
    if (strpbrk(name, "@#") && find_point(name, &place, &point)) print_object(place, name, &point);
    else if (!strpbrk(name, "@#") && find_place(name, &place)) print_tree(place, depth);
    else status = fail(1, "cannot open '%s': dataset does not exist", name);
  }
  return status;
}

// `@snapshot`, `#bookmark`, `snapshot` or a whole name, as a whole name.
static void whole_name(struct place place, const char *text, char *whole) {
  const char *mark = strpbrk(text, "@#");
  full_name(place, whole);
  snprintf(whole + strlen(whole), NAME, "%s%s", mark ? "" : "@", mark ? mark : text);
}

// ---- send and receive: a head of text, then bytes

static int send_stream(int count, char **words) {
  int dry = 0;
  const char *from = NULL, *to = words[count - 1];
  for (int i = 1; i < count - 1; i++) {
    if (!strcmp(words[i], "--dryrun") || (words[i][0] == '-' && words[i][1] != '-' && strchr(words[i], 'n'))) dry = 1;
    if (!strcmp(words[i], "-i") || !strcmp(words[i], "-I")) from = words[++i];
  }
  struct place place;
  struct point base = {0}, newest;
  load_state(find_place(to, &place) ? &place : NULL);
  if (!find_point(to, &place, &newest)) return fail(1, "cannot open '%s': dataset does not exist", to);
  if (from) {
    char whole[2 * NAME];
    whole_name(place, from, whole);
    if (!find_point(whole, &place, &base)) return fail(1, "incremental source (%s) does not exist", whole);
  }
  long bytes = number("FAKE_BYTES", 4096);
  if (dry) return printf("%s\t%s\t%ld\nsize\t%ld\n", from ? "incremental" : "full", to, bytes, bytes) < 0;
  printf("fake stream\nfrom %lu\n", (unsigned long)base.guid);
  struct point *point = points_of(place, &count);
  for (; count--; point++) {
    if (point->mark == '#' || point->creation <= base.creation || point->creation > newest.creation) continue;
    printf("snapshot %s %lu %ld\n", point->name, point->guid, point->creation);
  }
  printf("bytes %ld\n", bytes);
  fflush(stdout);
  enum { PIECE = 128 << 10, BUFFER = 64 * PIECE };  // pieces as large as records, nothing that compresses
  unsigned char *buffer = malloc(BUFFER);
  uint64_t random = 88172645463325252u;
  for (long i = 0; i < BUFFER && i < bytes + 8; i += 8) {
    random ^= random << 13, random ^= random >> 7, random ^= random << 17;
    memcpy(buffer + i, &random, 8);
  }
  for (long sent = 0; sent < bytes;) {
    long offset = sent % BUFFER, piece = PIECE - offset % PIECE;
    if (piece > bytes - sent) piece = bytes - sent;
    ssize_t written = write(STDOUT_FILENO, buffer + offset, (size_t)piece);
    if (written < 0) return fail(1, "warning: cannot send '%s': %s", to, strerror(errno));
    sent += written;
  }
  return 0;
}

static int receive_stream(int count, char **words) {
  const char *target = words[count - 1];
  struct place place;
  if (!find_place(target, &place) || place.index == POOL)
    return fail(1, "cannot receive: the fake has no dataset '%s'", target);
  load_state(&place);
  static char line[NAME + 100], buffer[1 << 20];
  static struct point arrived[1000];
  int arrivals = 0, is_held = 0;
  long expected = -1, got = 0;
  unsigned long base = 0;
  // Without a buffer, so that the bytes behind the head stay in the pipe for large reads.
  setvbuf(stdin, NULL, _IONBF, 0);
  while (expected < 0) {
    if (!fgets(line, sizeof line, stdin)) return fail(1, "cannot receive: failed to read from stream");
    struct point point = {.mark = '@'};
    sscanf(line, "bytes %ld", &expected);
    sscanf(line, "from %lu", &base);
    if (arrivals < 1000 && sscanf(line, "snapshot %255s %lu %ld", point.name, &point.guid, &point.creation) == 3)
      arrived[arrivals++] = point;
  }
  for (struct point *point = points_of(place, &count); count--; point++) is_held |= point->guid == base;
  if (base && !is_held) return fail(1, "cannot receive: %s does not match incremental source", target);
  for (ssize_t piece; (piece = read(STDIN_FILENO, buffer, sizeof buffer)) > 0;) got += piece;
  if (got != expected) return fail(1, "cannot receive: incomplete stream: %ld of %ld bytes", got, expected);
  for (int i = 0; i < arrivals; i++) remember(place, &arrived[i]);
  return 0;
}

static int bookmark(const char *from, const char *to) {
  struct place place;
  struct point point, taken;
  char whole[2 * NAME];
  load_state(find_place(from, &place) ? &place : NULL);
  if (!find_point(from, &place, &point)) return fail(1, "cannot open '%s': dataset does not exist", from);
  whole_name(place, to, whole);
  if (find_point(whole, &place, &taken)) return fail(1, "cannot create bookmark '%s': bookmark exists", whole);
  point.mark = '#';
  snprintf(point.name, NAME, "%.200s", whole + strcspn(whole, "#") + 1);
  remember(place, &point);
  return 0;
}

static int destroy(const char *name) {
  struct place place;
  struct point point;
  load_state(find_place(name, &place) ? &place : NULL);
  if (!find_point(name, &place, &point)) return fail(1, "could not find '%s'; does not exist", name);
  append("FAKE_STATE", "- %d %d %c %s\n", place.side, place.index, point.mark, point.name);
  return 0;
}

int main(int count, char **words) {
  const char *tool = strrchr(words[0], '/') ? strrchr(words[0], '/') + 1 : words[0];
  const char *verb = count > 1 ? words[1] : "";
  char line[4000] = "";
  for (int i = 1; i < count && strlen(line) < 3000; i++) snprintf(line + strlen(line), 600, " %s", words[i]);
  append("FAKE_CALLS", "%s%s\n", tool, line);
  datasets = (int)number("FAKE_DATASETS", 10);
  snapshots = (int)number("FAKE_SNAPSHOTS", 10);
  behind = (int)number("FAKE_BEHIND", 0);
  snapshot_names = calloc((size_t)snapshots, sizeof *snapshot_names);
  for (int i = 0; i < snapshots; i++) {
    time_t creation = first_creation + 3600L * i;
    strftime(snapshot_names[i], sizeof *snapshot_names, "auto-%Y-%m-%d_%H-%M", gmtime(&creation));
  }
  setvbuf(stdout, NULL, _IOFBF, 1 << 18);
  if (strstr(verb, "version")) return puts("zfs-2.3.4-1\nzfs-kmod-2.3.4-1") < 0;
  is_get = !strcmp(verb, "get");
  if (is_get || !strcmp(verb, "list")) return list(count - 1, words + 1);
  if (!strcmp(verb, "send")) return send_stream(count - 1, words + 1);
  if (!strcmp(verb, "receive") || !strcmp(verb, "recv")) return receive_stream(count - 1, words + 1);
  if (!strcmp(verb, "bookmark") && count == 4) return bookmark(words[2], words[3]);
  if (!strcmp(verb, "destroy") && count == 3) return destroy(words[2]);
  // Back to the newest snapshot, which changes nothing here; and nothing is ever held.
  if (!strcmp(verb, "rollback") || !strcmp(verb, "holds")) return 0;
  return fail(2, "fake: no zfs %s here", verb);
}
