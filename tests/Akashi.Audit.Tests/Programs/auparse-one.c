/* Linked with both names of the library: says whether they are one object in memory. */
#define _GNU_SOURCE
#include <auparse.h>
#include <dlfcn.h>
#include <libaudit.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    Dl_info audit, auparse;
    if (dladdr((void *)audit_open, &audit) == 0 || dladdr((void *)auparse_init, &auparse) == 0)
        return 1;
    auparse_state_t *au = auparse_init(AUSOURCE_BUFFER, "type=USER msg=audit(1.002:3): pid=1\n");
    int more = auparse_next_event(au);
    printf("%s, %s, serial %lu of %d\n", audit.dli_fbase == auparse.dli_fbase ? "one" : "two", audit_msg_type_to_name(auparse_get_type(au)), auparse_get_serial(au), more);
    auparse_destroy(au);
    return 0;
}
