/*
 * Repairs Debian's SyncEvolution client at run time (loaded by LD_PRELOAD).
 *
 * Its curl transport hands stateless lambdas to the variadic curl_easy_setopt. Nothing converts them to function
 * pointers there, so curl stores NULL for its read and write callbacks and the process dies at the first request.
 * The methods that the lambdas wanted to call are exported by libsyncevolution: look them up and register them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stddef.h>

enum { OPTION_WRITE_CALLBACK = 20011, OPTION_READ_CALLBACK = 20012 };

typedef size_t (*agent_method)(void *agent, void *bytes, size_t length);
typedef int (*setopt_function)(void *handle, int option, ...);

static agent_method find_method(const char *mangled) {
  return (agent_method)dlsym(RTLD_DEFAULT, mangled);
}

static size_t on_read(void *bytes, size_t size, size_t count, void *agent) {
  static agent_method method;
  if (method == NULL) method = find_method("_ZN7SyncEvo18CurlTransportAgent8readDataEPvm");
  return method == NULL ? 0 : method(agent, bytes, size * count);
}

static size_t on_write(void *bytes, size_t size, size_t count, void *agent) {
  static agent_method method;
  if (method == NULL) method = find_method("_ZN7SyncEvo18CurlTransportAgent9writeDataEPvm");
  return method == NULL ? 0 : method(agent, bytes, size * count);
}

int curl_easy_setopt(void *handle, int option, ...) {
  static setopt_function original;
  if (original == NULL) original = (setopt_function)dlsym(RTLD_NEXT, "curl_easy_setopt");
  /* Every option's value is a long, a pointer or a 64-bit offset: one machine word on the platforms that Debian ships this for. */
  va_list arguments;
  va_start(arguments, option);
  void *value = va_arg(arguments, void *);
  va_end(arguments);
  if (value == NULL && option == OPTION_READ_CALLBACK) return original(handle, option, on_read);
  if (value == NULL && option == OPTION_WRITE_CALLBACK) return original(handle, option, on_write);
  return original(handle, option, value);
}
