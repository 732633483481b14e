/* Every call that sends a record, with all sorts of arguments: its answer, errno, and (before a recorded kernel) what it sends. */
#include <errno.h>
#include <libaudit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INT(call) do { errno = 0; long answer = (long)(call); printf("%s = %ld, errno %d\n", #call, answer, errno); } while (0)
#define TEXT(call) do { errno = 0; const char *answer = (call); printf("%s = %s, errno %d\n", #call, answer ? answer : "(nil)", errno); } while (0)

int main(void)
{
    static char big[20000], mid[9000], text[10000];
    memset(big, 'a', sizeof big - 1);
    memset(mid, 'b', 8950);
    /* The compiler would refuse NULL itself. */
    const char *volatile none = NULL;
    int fd = audit_open();
    const char *terminals[] = { "tty1", "pts/1", "/dev/tty1", "/dev/pts/1", "console", "/dev/console", ":0", "ssh", "/dev/", "tty", "pts", "/dev/pts", "cron",
                                "/dev/ttyS0", "ptsX", "p", "/dev/tt", "tt", "xtty1", "/tty1", "/dev/tty", "?", NULL };
    for (int i = 0; terminals[i]; i++) {
        INT(audit_log_user_message(fd, AUDIT_TEST, "m", NULL, NULL, terminals[i], 1));
        INT(audit_log_user_avc_message(fd, AUDIT_USER_AVC, "m", NULL, NULL, terminals[i], 1));
        INT(audit_log_acct_message(fd, AUDIT_ADD_USER, NULL, "op", NULL, 1, "", NULL, terminals[i], 1));
    }
    /* Where the longest text ends. */
    for (int length = 8870; length < 8890; length++) {
        memset(text, 'x', length);
        text[length] = 0;
        INT(audit_log_user_message(fd, AUDIT_TEST, text, "h", "1.1.1.1", "t", 1));
    }
    for (int length = 1; length < 300; length += length < 40 ? 1 : 50) {
        memset(text, 'n', length);
        text[length] = 0;
        INT(audit_log_acct_message(fd, AUDIT_ADD_USER, NULL, "op", text, -1, "h", "1.1.1.1", "t", 1));
        INT(audit_log_semanage_message(fd, AUDIT_ADD_USER, "p", "op", text, -1, 0, 0, 0, 0, 0, 0, "h", "1.1.1.1", "t", 1));
        text[0] = ' ';
        INT(audit_log_acct_message(fd, AUDIT_ADD_USER, NULL, "op", text, -1, "h", "1.1.1.1", "t", 1));
        INT(audit_log_semanage_message(fd, AUDIT_ADD_USER, "p", "op", text, -1, 0, 0, 0, 0, 0, 0, "h", "1.1.1.1", "t", 1));
        INT(audit_log_user_comm_message(fd, AUDIT_TEST, "m", text, "h", "1.1.1.1", "t", 1));
    }
    INT(audit_log_acct_message(fd, AUDIT_ADD_USER, NULL, "op", "", -1, "h", "1.1.1.1", "t", 1));
    INT(audit_log_user_message(fd, AUDIT_TEST, NULL, "h", "1.1.1.1", "t", 1));
    INT(audit_log_user_comm_message(fd, AUDIT_TEST, NULL, "c", "h", "1.1.1.1", "t", 1));
    INT(audit_log_user_avc_message(fd, AUDIT_TEST, NULL, "h", "1.1.1.1", "t", 1));
    INT(audit_log_user_avc_message(fd, AUDIT_USER_AVC, big, "h", "1.2.3.4", "t", 1000));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,"hello","example.com",NULL,NULL,1));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,"hello","localhost",NULL,NULL,1));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,"hello",NULL,NULL,NULL,0));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,"hello","","","",5));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,"hello",NULL,NULL,"/dev/pts/9",-1));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,"hello",NULL,"1.2.3.4","pts/9",1));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,"hello","nosuch.invalid","","tty1",1));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,"",NULL,"a b",":0",1));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,big,NULL,NULL,NULL,1));
    INT(audit_log_user_message(fd,AUDIT_USYS_CONFIG,mid,NULL,NULL,NULL,1));
    INT(audit_log_user_message(fd,AUDIT_USER,"x",NULL,NULL,NULL,1));
    INT(audit_log_user_message(fd,1300,"x",NULL,NULL,NULL,1));
    INT(audit_log_user_message(fd,0,"x",NULL,NULL,NULL,1));
    INT(audit_log_user_message(-1,AUDIT_TEST,"x",NULL,NULL,NULL,1));
    INT(audit_log_user_message(0,AUDIT_TEST,"x",NULL,NULL,NULL,1));
    INT(audit_log_user_message(999,AUDIT_TEST,"x",NULL,NULL,NULL,1));
    INT(audit_log_user_comm_message(fd,AUDIT_TEST,"m","comm",NULL,NULL,NULL,1));
    INT(audit_log_user_comm_message(fd,AUDIT_TEST,"m","a comm that is very long indeed",NULL,NULL,NULL,1));
    INT(audit_log_user_comm_message(fd,AUDIT_TEST,"m","averyveryverylongcommandname",NULL,NULL,NULL,1));
    INT(audit_log_user_comm_message(fd,AUDIT_TEST,"m",NULL,"h","1.1.1.1","t",0));
    INT(audit_log_user_comm_message(fd,AUDIT_TEST,"m","",NULL,NULL,NULL,1));
    INT(audit_log_acct_message(fd,AUDIT_ADD_USER,NULL,"adding-user","bob",-1,NULL,NULL,NULL,1));
    INT(audit_log_acct_message(fd,AUDIT_ADD_USER,NULL,"adding-user","bob",77,"h","1.1.1.1","t",1));
    INT(audit_log_acct_message(fd,AUDIT_ADD_USER,"/usr/sbin/useradd","adding-user",NULL,77,"h","1.1.1.1","t",0));
    INT(audit_log_acct_message(fd,AUDIT_ADD_USER,"use radd","adding user",NULL,-1,"h","1.1.1.1","t",0));
    INT(audit_log_acct_message(fd,AUDIT_ADD_USER,"","op","b b",1,"","","",0));
    INT(audit_log_acct_message(fd,AUDIT_ADD_USER,"x","op","",1,"","","",0));
    INT(audit_log_acct_message(fd,AUDIT_ADD_USER,"x","op","a\"\n",1,"","","/dev/tty9",0));
    INT(audit_log_acct_message(fd,AUDIT_ADD_USER,"x","op",big,1,"","","/dev/tty9",0));
    INT(audit_log_acct_message(fd,AUDIT_ADD_USER,"x",NULL,"n",1,"h","1.1.1.1","t",0));
    INT(audit_log_user_avc_message(fd,AUDIT_USER_AVC,"avc:  denied  { x }","h","1.2.3.4","t",1000));
    INT(audit_log_user_avc_message(fd,AUDIT_USER_AVC,"avc",NULL,NULL,NULL,-1));
    INT(audit_log_user_avc_message(fd,AUDIT_USER_AVC,"avc","localhost",NULL,NULL,0));
    INT(audit_log_user_avc_message(fd,AUDIT_USER_AVC,"avc","","","",0));
    INT(audit_log_semanage_message(fd,AUDIT_ROLE_ASSIGN,NULL,"adding-role","bob",-1,"nu","nr","ns","ou","or","os",NULL,NULL,NULL,1));
    INT(audit_log_semanage_message(fd,AUDIT_ROLE_ASSIGN,"prog","adding-role","bob",55,NULL,NULL,NULL,NULL,NULL,NULL,"h","1.2.3.4","t",0));
    INT(audit_log_semanage_message(fd,AUDIT_ROLE_ASSIGN,"p g","adding-role",NULL,55,"","","","","","","","","",0));
    INT(audit_log_semanage_message(fd,AUDIT_ROLE_ASSIGN,"prog","adding-role","b b",55,"a b","c d",NULL,NULL,NULL,NULL,"","","",0));
    INT(audit_log_semanage_message(fd,AUDIT_ROLE_ASSIGN,"prog","adding-role","",55,"a b","c d",NULL,NULL,NULL,NULL,"","","",0));
    INT(audit_log_semanage_message(fd,AUDIT_ROLE_ASSIGN,"prog",NULL,"n",55,"a b","c d",NULL,NULL,NULL,NULL,"","","",0));
    INT(audit_log_user_command(fd,AUDIT_USER_CMD,"ls","pts/1",1));
    INT(audit_log_user_command(fd,AUDIT_USER_CMD,"ls -l",NULL,0));
    INT(audit_log_user_command(fd,AUDIT_USER_CMD,"   ls -l  ","",0));
    INT(audit_log_user_command(fd,AUDIT_USER_CMD,"ls  ","/dev/pts/3",0));
    INT(audit_log_user_command(fd,AUDIT_USER_CMD,"","t",0));
    INT(audit_log_user_command(fd,AUDIT_USER_CMD,"   ","t",0));
    INT(audit_log_user_command(fd,AUDIT_USER_CMD,big,"t",0));
    INT(audit_log_user_command(fd,AUDIT_USER_CMD,big,"t",0));
    INT(audit_log_user_avc_message(fd,AUDIT_USER_AVC,big,"h","1.2.3.4","t",1000));
    INT(audit_log_user_comm_message(fd,AUDIT_TEST,big,"comm",NULL,NULL,NULL,1));
    INT(audit_value_needs_encoding("ab", 2));
    INT(audit_value_needs_encoding("a b", 3));
    INT(audit_value_needs_encoding(none, 3));
    INT(audit_value_needs_encoding("a b", 0));
    for (int byte = 0; byte < 256; byte++) {
        text[0] = (char)byte;
        INT(audit_value_needs_encoding(text, 1));
    }
    TEXT(audit_encode_value(text, "A\0\"\xff", 4));
    TEXT(audit_encode_value(NULL, "A", 1));
    TEXT(audit_encode_value(text, none, 1));
    TEXT(audit_encode_value(text, "A", 0));
    TEXT(audit_encode_nv_string("n", "v", 0));
    TEXT(audit_encode_nv_string("n", "v v", 0));
    TEXT(audit_encode_nv_string("n", NULL, 0));
    TEXT(audit_encode_nv_string("n", "v\0z", 3));
    TEXT(audit_encode_nv_string("n", "", 0));
    TEXT(audit_encode_nv_string("n", none, 5));
    audit_close(fd);
    audit_close(-1);
    return 0;
}
