/* Runs a program as systemd's MemoryDenyWriteExecute does: no memory of it may be written and run.
 *   mdwe PROGRAM ARGUMENTS…
 *   mdwe --self-test        exits with 0 where the kernel refuses such memory afterwards
 * prctl(2), PR_SET_MDWE, Linux 6.3. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#define PR_SET_MDWE 65
#define PR_MDWE_REFUSE_EXEC_GAIN 1UL

int main(int argc, char **argv)
{
    if (argc < 2 || prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0UL, 0UL, 0UL) != 0) {
        perror("mdwe");
        return 125;
    }
    if (strcmp(argv[1], "--self-test") == 0)
        return mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? 0 : 1;
    execvp(argv[1], argv + 1);
    perror(argv[1]);
    return 127;
}
