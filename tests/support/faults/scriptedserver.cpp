#include "tests/support/faults/scriptedserver.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <netinet/in.h>
#include <set>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace andon::test
{

namespace
{

/// A socket bound to a free port of 127.0.0.1.
int boundSocket(int &port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at = {};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    if (descriptor < 0 || ::bind(descriptor, reinterpret_cast<const sockaddr *>(&at), size) != 0
        || ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&at), &size) != 0)
        std::abort();
    port = ntohs(at.sin_port);
    return descriptor;
}

std::string urlOfPort(const char *scheme, int port)
{
    return std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
}

void useCertificate(SSL_CTX *context, const Certificate &certificate)
{
    BIO *in = BIO_new_mem_buf(certificate.pem.data(), static_cast<int>(certificate.pem.size()));
    X509 *own = PEM_read_bio_X509(in, nullptr, nullptr, nullptr);
    BIO_free(in);
    in = BIO_new_mem_buf(certificate.key.data(), static_cast<int>(certificate.key.size()));
    EVP_PKEY *key = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
    BIO_free(in);
    if (SSL_CTX_use_certificate(context, own) != 1 || SSL_CTX_use_PrivateKey(context, key) != 1)
        std::abort();
    X509_free(own);
    EVP_PKEY_free(key);
}

SSL_CTX *contextOf(const TlsSetup &setup)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (setup.old) {
        SSL_CTX_set_security_level(context, 0);
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
        SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
    } else if (!setup.ciphers.empty()) {
        SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
        if (SSL_CTX_set_cipher_list(context, setup.ciphers.c_str()) != 1)
            std::abort();
    }
    useCertificate(context, setup.certificate);
    if (!setup.clientAuthority.empty()) {
        BIO *in = BIO_new_mem_buf(setup.clientAuthority.data(), static_cast<int>(setup.clientAuthority.size()));
        X509 *authority = PEM_read_bio_X509(in, nullptr, nullptr, nullptr);
        BIO_free(in);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority);
        X509_free(authority);
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    return context;
}

/// Closing while the peer still sends would be RST, which may overtake the alert that says why.
void waitForGoodbye(int descriptor)
{
    ::shutdown(descriptor, SHUT_WR);
    char bytes[4096];
    while (::recv(descriptor, bytes, sizeof bytes, 0) > 0) { }
}

} // namespace

struct ScriptedServer::Private {
    Script script = {};
    Greeting greeting = {};
    SSL_CTX *tls = nullptr;
    int listener = -1;
    int port = 0;
    std::thread accepting = {};

    mutable std::mutex mutex = {}; // all below
    std::vector<std::thread> threads = {};
    std::set<int> open = {};
    std::vector<Heard> heard = {};
    int accepted = 0;
    int inHand = 0;
    int mostAtOnce = 0;
    bool ending = false;

    void start()
    {
        std::signal(SIGPIPE, SIG_IGN); // SSL_write knows no MSG_NOSIGNAL
        listener = boundSocket(port);
        ::listen(listener, 512);
        accepting = std::thread([this] { acceptAll(); });
    }

    void acceptAll()
    {
        for (;;) {
            const int descriptor = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
            const std::scoped_lock lock(mutex);
            if (descriptor < 0 || ending) {
                if (descriptor >= 0)
                    ::close(descriptor);
                return;
            }
            open.insert(descriptor);
            threads.emplace_back([this, descriptor, number = ++accepted] { serve(descriptor, number); });
        }
    }

    void serve(int descriptor, int number)
    {
        SSL *session = tls ? SSL_new(tls) : nullptr;
        if (session)
            SSL_set_fd(session, descriptor);
        Connection connection(descriptor, session, number);
        if (greeting)
            greeting(connection);
        else if (!session || SSL_accept(session) == 1)
            answerAll(connection);
        else
            waitForGoodbye(descriptor);
        const std::scoped_lock lock(mutex);
        open.erase(descriptor);
    }

    void answerAll(Connection &connection)
    {
        bool goOn = true;
        while (goOn) {
            const auto request = connection.read();
            if (!request)
                return;
            {
                const std::scoped_lock lock(mutex);
                heard.push_back(*request);
                mostAtOnce = std::max(mostAtOnce, ++inHand);
            }
            goOn = script(connection, *request);
            const std::scoped_lock lock(mutex);
            --inHand;
        }
    }
};

ScriptedServer::ScriptedServer(std::unique_ptr<Private> made)
    : d(std::move(made))
{
    d->start();
}

ScriptedServer::ScriptedServer(Script script)
    : ScriptedServer(std::unique_ptr<Private>(new Private{.script = std::move(script)}))
{
}

ScriptedServer::ScriptedServer(Script script, const TlsSetup &tls)
    : ScriptedServer(std::unique_ptr<Private>(new Private{.script = std::move(script), .tls = contextOf(tls)}))
{
}

std::unique_ptr<ScriptedServer> ScriptedServer::raw(Greeting greeting)
{
    return std::unique_ptr<ScriptedServer>(
        new ScriptedServer(std::unique_ptr<Private>(new Private{.greeting = std::move(greeting)})));
}

ScriptedServer::~ScriptedServer()
{
    {
        const std::scoped_lock lock(d->mutex);
        d->ending = true;
        for (const int descriptor : d->open)
            ::shutdown(descriptor, SHUT_RDWR);
    }
    ::shutdown(d->listener, SHUT_RDWR); // wakes accept
    d->accepting.join();
    ::close(d->listener);
    for (std::thread &thread : d->threads)
        thread.join();
    SSL_CTX_free(d->tls);
}

int ScriptedServer::port() const
{
    return d->port;
}

std::string ScriptedServer::url() const
{
    return urlOfPort(d->tls ? "https" : "http", d->port);
}

std::vector<Heard> ScriptedServer::heard() const
{
    const std::scoped_lock lock(d->mutex);
    return d->heard;
}

int ScriptedServer::connections() const
{
    const std::scoped_lock lock(d->mutex);
    return d->accepted;
}

int ScriptedServer::mostAtOnce() const
{
    const std::scoped_lock lock(d->mutex);
    return d->mostAtOnce;
}

ClosedPort::ClosedPort()
    : m_descriptor(boundSocket(m_port))
{
}

ClosedPort::~ClosedPort()
{
    ::close(m_descriptor);
}

std::string ClosedPort::url() const
{
    return urlOfPort("http", m_port);
}

} // namespace andon::test
