/* Rules built call by call: what each call answers, and the rule after it. Left out is what docs/differences.md says of them. */
#include <libaudit.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static struct audit_rule_data *rule;
static char pair_text[300];
static char *writable(const char *pair) { return strcpy(pair_text, pair); } /* The original cuts the text in place. */
static void show(const char *what, int answer)
{
    printf("%s = %d;", what, answer);
    if (rule == NULL) { puts(" none"); return; }
    printf(" flags %x action %x mask", rule->flags, rule->action);
    for (int i = 0; i < 64; i++) if (rule->mask[i]) printf(" %d:%x", i, rule->mask[i]);
    for (unsigned i = 0; i < rule->field_count; i++) printf(" [%u %x %x]", rule->fields[i], rule->fieldflags[i], rule->values[i]);
    printf(" buf %.*s\n", (int)rule->buflen, rule->buf);
}
static void fresh(void) { free(rule); rule = audit_rule_create_data(); }
#define F(pair, list) do { int r = audit_rule_fieldpair_data(&rule, writable(pair), list); show("-F " pair " " #list, r); } while (0)
#define NF(pair, list) do { fresh(); F(pair, list); } while (0)
#define C(pair, list) do { fresh(); int r = audit_rule_interfield_comp_data(&rule, writable(pair), list); show("-C " pair " " #list, r); } while (0)
#define S(name) do { int r = audit_rule_syscallbyname_data(rule, name); show("-S " name, r); } while (0)
int main(void)
{
    setbuf(stdout, NULL);
    fresh(); show("create", 0); audit_rule_init_data(rule); show("init", 0);
    fresh();
    S("open");
    S("close");
    S("nope");
    S("all");
    fresh();
    S("5");
    S("2047");
    S("2031");
    S("2048");
    S("-1");
    S("");
    S("OPEN");
    S("99999999");
    fresh();
    F("arch=b32", AUDIT_FILTER_EXIT);
    S("open");
    F("uid=0", AUDIT_FILTER_EXIT);
    F("arch=b64", AUDIT_FILTER_EXIT);
    NF("arch=b64", AUDIT_FILTER_EXIT);
    S("execve");
    F("auid>=1000", AUDIT_FILTER_EXIT);
    F("auid!=unset", AUDIT_FILTER_EXIT);
    F("exit=-EPERM", AUDIT_FILTER_EXIT);
    F("success=1", AUDIT_FILTER_EXIT);
    F("path=/etc/passwd", AUDIT_FILTER_EXIT);
    F("perm=wa", AUDIT_FILTER_EXIT);
    F("exe=/bin/ls", AUDIT_FILTER_EXIT);
    F("a0&0x3", AUDIT_FILTER_EXIT);
    F("a1&=3", AUDIT_FILTER_EXIT);
    F("dir=/etc", AUDIT_FILTER_EXIT);
    NF("uid", AUDIT_FILTER_EXIT);
    NF("uid=", AUDIT_FILTER_EXIT);
    NF("=0", AUDIT_FILTER_EXIT);
    NF("foo=1", AUDIT_FILTER_EXIT);
    NF("uid=root", AUDIT_FILTER_EXIT);
    NF("uid=nosuchuser", AUDIT_FILTER_EXIT);
    NF("uid=-1", AUDIT_FILTER_EXIT);
    NF("uid=4294967295", AUDIT_FILTER_EXIT);
    NF("gid=root", AUDIT_FILTER_EXIT);
    NF("gid=nosuch", AUDIT_FILTER_EXIT);
    NF("exit=EACCES", AUDIT_FILTER_EXIT);
    NF("exit=-13", AUDIT_FILTER_EXIT);
    NF("exit=EFOO", AUDIT_FILTER_EXIT);
    NF("exit=0", AUDIT_FILTER_USER);
    NF("msgtype=SYSCALL", AUDIT_FILTER_EXCLUDE);
    NF("msgtype=1300", AUDIT_FILTER_EXCLUDE);
    NF("msgtype=NOPE", AUDIT_FILTER_EXCLUDE);
    NF("msgtype=SYSCALL", AUDIT_FILTER_EXIT);
    NF("msgtype=USER_LOGIN", AUDIT_FILTER_USER);
    NF("path=/x", AUDIT_FILTER_EXCLUDE);
    NF("uid=0", AUDIT_FILTER_EXCLUDE);
    NF("a0=1", AUDIT_FILTER_EXCLUDE);
    NF("path=/x", AUDIT_FILTER_TASK);
    NF("ppid=1", AUDIT_FILTER_TASK);
    NF("perm=rwxa", AUDIT_FILTER_EXIT);
    NF("perm=z", AUDIT_FILTER_EXIT);
    NF("perm=", AUDIT_FILTER_EXIT);
    NF("perm!=r", AUDIT_FILTER_EXIT);
    NF("arch>b64", AUDIT_FILTER_EXIT);
    NF("arch=foo", AUDIT_FILTER_EXIT);
    NF("arch=0xC000003E", AUDIT_FILTER_EXIT);
    NF("arch=ppc64", AUDIT_FILTER_EXIT);
    NF("filetype=file", AUDIT_FILTER_EXIT);
    NF("filetype=nope", AUDIT_FILTER_EXIT);
    NF("fstype=debugfs", AUDIT_FILTER_FS);
    NF("fstype=0x64626720", AUDIT_FILTER_FS);
    NF("fstype=zzz", AUDIT_FILTER_FS);
    NF("fstype=debugfs", AUDIT_FILTER_EXIT);
    NF("inode=5", AUDIT_FILTER_EXIT);
    NF("inode>5", AUDIT_FILTER_EXIT);
    NF("devmajor=1", AUDIT_FILTER_EXIT);
    NF("sessionid=3", AUDIT_FILTER_EXIT);
    NF("sessionid=unset", AUDIT_FILTER_EXIT);
    NF("sessionid=3", AUDIT_FILTER_TASK);
    NF("saddr_fam=2", AUDIT_FILTER_EXIT);
    NF("saddr_fam=99", AUDIT_FILTER_EXIT);
    NF("pers=8", AUDIT_FILTER_EXIT);
    NF("pid=abc", AUDIT_FILTER_EXIT);
    NF("a0=abc", AUDIT_FILTER_EXIT);
    NF("a0=-5", AUDIT_FILTER_EXIT);
    NF("a0=0x10", AUDIT_FILTER_EXIT);
    NF("obj_uid=0", AUDIT_FILTER_EXIT);
    NF("subj_user=u", AUDIT_FILTER_EXIT);
    NF("obj_type=t", AUDIT_FILTER_EXIT);
    NF("obj_type=t", AUDIT_FILTER_USER);
    NF("loginuid=5", AUDIT_FILTER_EXIT);
    NF("uid=0", 0x14);
    NF("exe=/bin/x", AUDIT_FILTER_EXCLUDE);
    NF("path=relative", AUDIT_FILTER_EXIT);
    C("uid!=euid", AUDIT_FILTER_EXIT);
    C("uid=euid", AUDIT_FILTER_EXIT);
    C("uid>euid", AUDIT_FILTER_EXIT);
    C("uid=gid", AUDIT_FILTER_EXIT);
    C("uid", AUDIT_FILTER_EXIT);
    C("uid=", AUDIT_FILTER_EXIT);
    C("=uid", AUDIT_FILTER_EXIT);
    C("foo=uid", AUDIT_FILTER_EXIT);
    C("uid=foo", AUDIT_FILTER_EXIT);
    C("obj_gid!=egid", AUDIT_FILTER_EXIT);
    C("auid!=obj_uid", AUDIT_FILTER_USER);
    C("auid!=uid", AUDIT_FILTER_EXCLUDE);
    fresh(); for (int i = 0; i < 66; i++) { int r = audit_rule_fieldpair_data(&rule, writable("pid=1"), AUDIT_FILTER_EXIT); if (r) { printf("field %d: %d\n", i, r); break; } }
    free(rule); rule = NULL; show("watch", audit_add_watch(&rule, "/etc/passwd")); show("perms", audit_update_watch_perms(rule, AUDIT_PERM_WRITE)); show("again", audit_add_watch(&rule, "/x"));
    F("key=w", AUDIT_FILTER_EXIT);
    F("key=v", AUDIT_FILTER_EXIT);
    free(rule); rule = NULL; show("dir", audit_add_watch_dir(AUDIT_DIR, &rule, "/etc")); free(rule); rule = NULL; show("dir slash", audit_add_watch_dir(AUDIT_DIR, &rule, "/etc/")); free(rule); rule = NULL; show("bad type", audit_add_watch_dir(5, &rule, "/etc"));
    fresh(); show("perms none", audit_update_watch_perms(rule, 3));
    F("pid=1", AUDIT_FILTER_EXIT); show("perms added", audit_update_watch_perms(rule, 3)); show("perms 0", audit_update_watch_perms(rule, 0)); show("perms 16", audit_update_watch_perms(rule, 31));
    S("all");
    audit_rule_free_data(rule); audit_rule_free_data(NULL); rule = audit_rule_create_data();
    printf("%d %d\n", audit_add_rule_data(-1, rule, AUDIT_FILTER_EXIT, AUDIT_ALWAYS), errno); printf("%d %d\n", audit_delete_rule_data(-1, rule, AUDIT_FILTER_EXIT, AUDIT_ALWAYS), errno); errno = 0; printf("%d %d\n", audit_add_rule_data(-1, rule, AUDIT_FILTER_ENTRY, AUDIT_ALWAYS), errno);
    int fd = audit_open();
    (void)audit_get_features();
    F("pid=1", AUDIT_FILTER_EXIT); printf("%d\n", audit_add_rule_data(fd, rule, AUDIT_FILTER_EXIT, AUDIT_ALWAYS) > 0); printf("%d\n", audit_delete_rule_data(fd, rule, AUDIT_FILTER_EXIT|0x10, AUDIT_NEVER) > 0); printf("%d\n", audit_trim_subtrees(fd) > 0); printf("%d\n", audit_make_equivalent(fd, "/a", "/bcd") > 0); printf("%d\n", audit_add_rule_data(fd, rule, AUDIT_FILTER_ENTRY, AUDIT_ALWAYS) > 0);
    audit_set_enabled(fd, 1); audit_set_failure(fd, 2); audit_set_pid(fd, 77, WAIT_YES); audit_set_pid(fd, 77, WAIT_NO); audit_set_rate_limit(fd, 5); audit_set_backlog_limit(fd, 6); audit_set_backlog_wait_time(fd, 7); audit_reset_lost(fd); audit_reset_backlog_wait_time_actual(fd); audit_set_feature(fd, 1, 1, 0); audit_set_feature(fd, 0, 0, 1); audit_set_feature(fd, 0, 5, 7); audit_set_loginuid_immutable(fd); audit_request_status(fd); audit_request_features(fd); audit_request_rules_list_data(fd); audit_request_signal_info(fd);
    return 0;
}
