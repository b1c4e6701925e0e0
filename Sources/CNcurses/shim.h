// The wide-character API is declared only when this is set before the header is read.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
