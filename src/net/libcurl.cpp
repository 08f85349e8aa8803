// libcurl brings thirty libraries along, which take a start 5 ms before its first frame. So it is not linked: what is
// used of it, and of the OpenSSL beneath it, is defined here and handed on to the library, which the first call loads.
#include <curl/curl.h>
#include <openssl/ssl.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>

namespace
{

// Of the variable arguments each is as wide as a pointer and goes where one goes.
static_assert(sizeof(long) == sizeof(void *) && sizeof(curl_off_t) == sizeof(void *));

[[noreturn]] void broken()
{
    std::fprintf(stderr, "andon: %s\n", ::dlerror()); // as the loader would have said at the start
    std::exit(127);
}

template <typename Function> Function *find(const char *name)
{
    static void *const library = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    void *const found = library ? ::dlsym(library, name) : nullptr;
    if (!found)
        broken();
    return reinterpret_cast<Function *>(found);
}

template <typename Function> struct FirstOf;
template <typename Result, typename Argument, typename... Rest> struct FirstOf<Result(Argument, Rest...)> {
    using Type = Argument;
};
template <typename Function> using First = typename FirstOf<Function>::Type; // const in newer headers

} // namespace

// NOLINTBEGIN: the names and the argument lists are libcurl's
#define ANDON_HAND_ON(result, name, parameters, arguments)                                                             \
    result name parameters                                                                                             \
    {                                                                                                                  \
        static const auto function = find<decltype(::name)>(#name);                                                    \
        return function arguments;                                                                                     \
    }
#define ANDON_HAND_ON_OPTION(result, name, Handle, Option)                                                             \
    result name(Handle *handle, Option option, ...)                                                                    \
    {                                                                                                                  \
        static const auto function = find<decltype(::name)>(#name);                                                    \
        va_list rest;                                                                                                  \
        va_start(rest, option);                                                                                        \
        void *const value = va_arg(rest, void *);                                                                      \
        va_end(rest);                                                                                                  \
        return function(handle, option, value);                                                                        \
    }

extern "C" {
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt
ANDON_HAND_ON_OPTION(CURLcode, curl_easy_setopt, CURL, CURLoption)
ANDON_HAND_ON_OPTION(CURLcode, curl_easy_getinfo, CURL, CURLINFO)
ANDON_HAND_ON_OPTION(CURLMcode, curl_multi_setopt, CURLM, CURLMoption)
ANDON_HAND_ON(CURLcode, curl_global_init, (long flags), (flags))
ANDON_HAND_ON(CURL *, curl_easy_init, (void), ())
ANDON_HAND_ON(void, curl_easy_cleanup, (CURL * handle), (handle))
ANDON_HAND_ON(void, curl_easy_reset, (CURL * handle), (handle))
ANDON_HAND_ON(const char *, curl_easy_strerror, (CURLcode code), (code))
ANDON_HAND_ON(void, curl_free, (void *memory), (memory))
ANDON_HAND_ON(time_t, curl_getdate, (const char *text, const time_t *unused), (text, unused))
ANDON_HAND_ON(CURLM *, curl_multi_init, (void), ())
ANDON_HAND_ON(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi))
ANDON_HAND_ON(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy))
ANDON_HAND_ON(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy))
ANDON_HAND_ON(CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left))
ANDON_HAND_ON(CURLMcode, curl_multi_perform, (CURLM * multi, int *running), (multi, running))
ANDON_HAND_ON(CURLMcode, curl_multi_poll, (CURLM * multi, curl_waitfd extra[], unsigned count, int timeout, int *ready),
              (multi, extra, count, timeout, ready))
ANDON_HAND_ON(CURLMcode, curl_multi_wakeup, (CURLM * multi), (multi))
ANDON_HAND_ON(curl_slist *, curl_slist_append, (curl_slist * list, const char *text), (list, text))
ANDON_HAND_ON(void, curl_slist_free_all, (curl_slist * list), (list))
ANDON_HAND_ON(CURLU *, curl_url, (void), ())
ANDON_HAND_ON(void, curl_url_cleanup, (CURLU * url), (url))
ANDON_HAND_ON(CURLUcode, curl_url_get,
              (First<decltype(::curl_url_get)> url, CURLUPart part, char **text, unsigned flags),
              (url, part, text, flags))
ANDON_HAND_ON(CURLUcode, curl_url_set, (CURLU * url, CURLUPart part, const char *text, unsigned flags),
              (url, part, text, flags))
ANDON_HAND_ON(void, SSL_CTX_set_verify, (SSL_CTX * context, int mode, SSL_verify_cb callback),
              (context, mode, callback))
}
// NOLINTEND
