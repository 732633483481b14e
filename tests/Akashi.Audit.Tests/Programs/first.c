/* Each function of a library as the first that a process calls of it, all its arguments 0, in a child of its own: none may crash. Names on standard input. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef long (*function)(long, long, long, long, long, long, long, long, long, long, long, long, long, long, long, long);

int main(int argc, char **argv)
{
    char name[200];
    int count = 0, bad = 0;
    while (argc > 1 && fgets(name, sizeof name, stdin) != NULL) {
        name[strcspn(name, "\n")] = 0;
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0) {
            alarm(20);
            dup2(open("/dev/null", O_RDWR), 0);
            void *library = dlopen(argv[1], RTLD_NOW);
            function call = library ? (function)dlsym(library, name) : NULL;
            if (call == NULL)
                _exit(100);
            call(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            _exit(0);
        }
        int status;
        waitpid(pid, &status, 0);
        count++;
        if (status != 0) {
            bad++;
            printf("%s: status %x\n", name, status);
        }
    }
    printf("%d functions, %d bad\n", count, bad);
    return 0;
}
