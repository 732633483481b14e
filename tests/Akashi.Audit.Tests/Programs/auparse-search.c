/* auparse-search FILE: many searches, each with every stop; prints what each finds and where the cursor stands. */
#include <auparse.h>
#include <stdio.h>
#include <string.h>

static const char *text(const char *s) { return s ? s : "(NULL)"; }

typedef int (*adder)(auparse_state_t *au);

#define RAW(name, field, op, value) static int name(auparse_state_t *au) { return ausearch_add_item(au, field, op, value, AUSEARCH_RULE_CLEAR); }
RAW(raw_equal, "uid", "=", "0")
RAW(raw_unequal, "uid", "!=", "0")
RAW(raw_exists, "name", "exists", "")
RAW(raw_type, "type", "=", "PATH")
RAW(raw_quoted, "exe", "=", "\"/usr/bin/bash\"")
RAW(raw_none, "nosuch", "!=", "x")
RAW(raw_key, "key", "=", "(null)")
static int words(auparse_state_t *au) { return ausearch_add_interpreted_item(au, "syscall", "=", "execve", AUSEARCH_RULE_CLEAR); }
static int words_not(auparse_state_t *au) { return ausearch_add_interpreted_item(au, "syscall", "!=", "execve", AUSEARCH_RULE_CLEAR); }
static int words_exe(auparse_state_t *au) { return ausearch_add_interpreted_item(au, "exe", "=", "/usr/bin/bash", AUSEARCH_RULE_CLEAR); }
static int both(auparse_state_t *au)
{
    return ausearch_add_item(au, "success", "=", "no", AUSEARCH_RULE_CLEAR) | ausearch_add_interpreted_item(au, "uid", "!=", "root", AUSEARCH_RULE_AND);
}
static int either(auparse_state_t *au)
{
    return ausearch_add_item(au, "success", "=", "no", AUSEARCH_RULE_CLEAR) | ausearch_add_item(au, "cwd", "exists", "", AUSEARCH_RULE_OR);
}
static int three(auparse_state_t *au)
{
    return ausearch_add_item(au, "success", "=", "no", AUSEARCH_RULE_CLEAR) | ausearch_add_item(au, "cwd", "exists", "", AUSEARCH_RULE_OR)
        | ausearch_add_item(au, "ppid", "exists", "", AUSEARCH_RULE_AND);
}
static int regex(auparse_state_t *au) { ausearch_clear(au); return ausearch_add_regex(au, "exe=\"/usr/(s?bin|lib)/[a-c]"); }
static int regex_and(auparse_state_t *au) { return raw_equal(au) | ausearch_add_regex(au, "comm=.*sh"); }
static int before(auparse_state_t *au) { return ausearch_add_timestamp_item(au, "<", 1795245600, 0, AUSEARCH_RULE_CLEAR); }
static int at_or_after(auparse_state_t *au) { return ausearch_add_timestamp_item(au, ">=", 1795245512, 956, AUSEARCH_RULE_CLEAR); }
static int at_serial(auparse_state_t *au) { return ausearch_add_timestamp_item_ex(au, "<=", 1795245512, 956, 90, AUSEARCH_RULE_CLEAR); }
static int after_serial(auparse_state_t *au) { return ausearch_add_timestamp_item_ex(au, ">", 1795245512, 956, 90, AUSEARCH_RULE_CLEAR); }
static int time_and_type(auparse_state_t *au)
{
    return ausearch_add_timestamp_item(au, ">", 1795245512, 0, AUSEARCH_RULE_CLEAR) | ausearch_add_item(au, "type", "=", "PATH", AUSEARCH_RULE_AND);
}

static int expression(auparse_state_t *au, const char *text)
{
    char *error = NULL;
    return ausearch_add_expression(au, text, &error, AUSEARCH_RULE_CLEAR);
}
#define EXPRESSION(name, words) static int name(auparse_state_t *au) { return expression(au, words); }
EXPRESSION(ex_and, "uid r= 0 && success r= yes")
EXPRESSION(ex_or, "type r= CWD || success r= no")
EXPRESSION(ex_not, "! (type r= SYSCALL || type r= PATH)")
EXPRESSION(ex_words, "syscall i= openat && exit r!= 3")
EXPRESSION(ex_value, "uid >= 1000 && auid == 4294967295")
EXPRESSION(ex_group, "gid !== 0")
EXPRESSION(ex_type, "\\record_type == PATH")
EXPRESSION(ex_types, "\\record_type >= 1300 && \\record_type < USER_LOGIN")
EXPRESSION(ex_time, "\\timestamp > ts:1795245600.500 && \\timestamp_ex !== ts:1795245612.500:2")
EXPRESSION(ex_regexp, "\\regexp /name=\"\\/etc/ && nametype r= NORMAL")

static const struct { const char *name; adder add; } searches[] = {
    { "raw equal", raw_equal }, { "raw unequal", raw_unequal }, { "raw exists", raw_exists }, { "raw type", raw_type }, { "raw quoted", raw_quoted },
    { "raw none", raw_none }, { "raw key", raw_key }, { "words", words }, { "words not", words_not }, { "words exe", words_exe }, { "both", both },
    { "either", either }, { "three", three }, { "regex", regex }, { "regex and", regex_and }, { "before", before }, { "at or after", at_or_after },
    { "at serial", at_serial }, { "after serial", after_serial }, { "time and type", time_and_type }, { "ex and", ex_and },
    { "ex or", ex_or }, { "ex not", ex_not }, { "ex words", ex_words }, { "ex value", ex_value }, { "ex group", ex_group }, { "ex type", ex_type },
    { "ex types", ex_types }, { "ex time", ex_time }, { "ex regexp", ex_regexp },
};

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        for (int stop = AUSEARCH_STOP_EVENT; stop <= AUSEARCH_STOP_FIELD; stop++) {
            auparse_state_t *au = auparse_init(AUSOURCE_FILE, argv[1]);
            int added = searches[i].add(au), stopped = ausearch_set_stop(au, (austop_t)stop), more, count = 0;
            while ((more = ausearch_next_event(au)) > 0) {
                if (count++ < 200)
                    printf("%s, stop %d: %lu:%lu at %u/%u %s=%s\n", searches[i].name, stop, (unsigned long)auparse_get_time(au), auparse_get_serial(au),
                        auparse_get_record_num(au), auparse_get_field_num(au), text(auparse_get_field_name(au)), text(auparse_get_field_str(au)));
            }
            printf("%s, stop %d: added %d %d, %d found, end %d\n", searches[i].name, stop, added, stopped, count, more);
            auparse_destroy(au);
        }
    }
    return 0;
}
