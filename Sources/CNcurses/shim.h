// The wide-character API is declared only when this is set before the header is read.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>

// What Swift cannot see: globals it calls unsafe, and macros that are casts. No state of our own:
// this header is read, never linked.
static inline WINDOW *curses_screen(void) { return stdscr; }
static inline unsigned curses_bold(void) { return A_BOLD; }
static inline unsigned curses_dim(void) { return A_DIM; }
static inline unsigned curses_reverse(void) { return A_REVERSE; }
