/* Functions that audit-userspace has since 4.0. */
#include <auparse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    auparse_state_t *au = auparse_init(
        AUSOURCE_BUFFER, "type=USER msg=audit(1.001:1): pid=1\ntype=USER msg=audit(1.001:2): pid=2\ntype=USER msg=audit(1.001:3): pid=1\n");
    auparse_next_event(au);
    printf("nothing is looked for: %d\n", ausearch_cur_event(au));
    ausearch_add_item(au, "pid", "=", "1", AUSEARCH_RULE_CLEAR);
    do
        printf("%lu: %d\n", auparse_get_serial(au), ausearch_cur_event(au));
    while (auparse_next_event(au) > 0);
    printf("no event: %d\n", ausearch_cur_event(au));
    auparse_destroy(au);
    au = auparse_init(AUSOURCE_FEED, NULL);
    const char *line = "type=SYSCALL msg=audit(1.001:1): pid=1\n";
    auparse_feed(au, line, strlen(line));
    char *metrics = auparse_metrics(au);
    printf("%.*s\n", (int)strcspn(metrics, "\n"), metrics);
    free(metrics);
    auparse_destroy(au);
    return 0;
}
