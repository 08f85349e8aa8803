#include "app/andon/archivemodule.h"
#include "tests/support/program.h"
#include "tests/support/suite.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QLibrary>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <unistd.h>

using namespace andon;
using namespace andon::test;

namespace
{

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What lintian may say of a package that is made by CPack and is not part of Debian.
const char *const kAccepted[] = {"initial-upload-closes-no-bugs", "bad-distribution-in-changes-file", "bogus-mail-host",
                                 "binary-without-manpage-section"};

} // namespace

class PackageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString tree = QStringLiteral(ANDON_BINARY_DIR);
        QDir(tree + QStringLiteral("/packages")).removeRecursively();
        const Ran made = tool(QStringLiteral("cmake"),
                              {QStringLiteral("-E"), QStringLiteral("chdir"), tree, QStringLiteral("cpack"),
                               QStringLiteral("-G"), QStringLiteral("DEB")},
                              500'000);
        QVERIFY2(made.exit == 0, (made.out + made.error).c_str());
        const QStringList debs =
            QDir(tree + QStringLiteral("/packages")).entryList({QStringLiteral("*.deb")}, QDir::Files);
        QCOMPARE(debs.size(), 1);
        QVERIFY2(QRegularExpression(QStringLiteral("^andon_%1_[a-z0-9]+\\.deb$").arg(QStringLiteral(ANDON_VERSION)))
                     .match(debs.first())
                     .hasMatch(),
                 qPrintable(debs.first()));
        m_deb = tree + QStringLiteral("/packages/") + debs.first();
        install();
    }
    void init() { test::failOnAnyWarning(); }

    void everythingIsInItsPlace_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path :
             {"usr/bin/andon", "usr/bin/andonctl", "usr/lib/andon/modules/andon-demo.so",
              "usr/lib/andon/modules/andon-archive.so", "usr/lib/andon/modules/andon-outside.so",
              "usr/share/applications/io.andon.Console.desktop", "usr/share/metainfo/io.andon.Console.metainfo.xml",
              "usr/share/icons/hicolor/scalable/apps/io.andon.Console.svg", "usr/share/man/man1/andon.1.gz",
              "usr/share/man/man1/andonctl.1.gz", "usr/share/bash-completion/completions/andonctl",
              "usr/share/doc/andon/copyright", "usr/share/doc/andon/changelog.gz"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void everythingIsInItsPlace()
    {
        QFETCH(QString, path);
        QVERIFY(QFileInfo(root(path)).size() > 0);
    }

    void itDeclaresEveryLibraryThatItNeeds()
    {
        const std::string depends =
            tool(QStringLiteral("dpkg-deb"), {QStringLiteral("-f"), m_deb, QStringLiteral("Depends")}).out;
        QStringList declared;
        for (const QString &one : QString::fromStdString(depends).split(QRegularExpression(QStringLiteral("[,|]"))))
            declared << one.trimmed().section(u' ', 0, 0);
        int needed = 0;
        for (const char *path : {"usr/bin/andon", "usr/bin/andonctl", "usr/lib/andon/modules/andon-demo.so",
                                 "usr/lib/andon/modules/andon-archive.so", "usr/lib/andon/modules/andon-outside.so"}) {
            const Ran ldd = tool(QStringLiteral("ldd"), {root(QString::fromLatin1(path))});
            const Ran elf = tool(QStringLiteral("objdump"), {QStringLiteral("-p"), root(QString::fromLatin1(path))});
            static const QRegularExpression need(QStringLiteral("NEEDED\\s+(\\S+)"));
            for (auto each = need.globalMatch(QString::fromStdString(elf.out)); each.hasNext(); ++needed) {
                const QString name = each.next().captured(1);
                if (name.startsWith(u"ld-linux"))
                    continue;
                const QString file = QRegularExpression(QRegularExpression::escape(name) + QStringLiteral(" => (\\S+)"))
                                         .match(QString::fromStdString(ldd.out))
                                         .captured(1);
                QVERIFY2(!file.isEmpty(), qPrintable(name));
                const QStringList owners = ownersOf(file);
                QVERIFY2(
                    std::any_of(owners.begin(), owners.end(), [&](const QString &o) { return declared.contains(o); }),
                    qPrintable(name + u' ' + owners.join(u',') + u' ' + declared.join(u',')));
            }
        }
        QVERIFY(needed > 20);
        for (const char *name : {"libqt6svg6", "fonts-noto-core", "fonts-jetbrains-mono"}) // loaded, not linked
            QVERIFY2(declared.contains(QString::fromLatin1(name)), name);
        const std::string wished =
            tool(QStringLiteral("dpkg-deb"), {QStringLiteral("-f"), m_deb, QStringLiteral("Recommends")}).out;
        for (const char *name : {"qt6-qpa-plugins", "qt6-wayland", "qt6-gtk-platformtheme"})
            QVERIFY2(wished.find(name) != std::string::npos, wished.c_str());
    }

    void bothProgramsStart()
    {
        for (const char *program : {"andonctl", "andon"}) {
            QProcessEnvironment plain = environment();
            plain.remove(QStringLiteral("QT_QPA_PLATFORM")); // no display
            const Ran ran =
                runProgram(root(QStringLiteral("usr/bin/") + QString::fromLatin1(program)), words("--version"), plain);
            QVERIFY2(ran.exit == 0, ran.error.c_str());
            QCOMPARE(QString::fromStdString(ran.out).trimmed(),
                     QString::fromLatin1(program) + u' ' + QStringLiteral(ANDON_VERSION));
        }
    }

    void theConsoleShowsItsDemo()
    {
        const QString picture = m_home.filePath(QStringLiteral("floor.png"));
        const QStringList grab = words("--demo --page floor --size 1280x800 --grab") + QStringList{picture};
        const Ran ran = installed("andon", grab);
        QVERIFY2(ran.exit == 0, ran.error.c_str());
        const QImage image(picture);
        QCOMPARE(image.size(), QSize(1280, 800));
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); y += 7)
            for (int x = 0; x < image.width(); x += 7)
                colours.insert(image.pixel(x, y));
        QVERIFY(colours.size() > 50);
        // They are the modules of the package, not those of the tree that they were built in.
        for (const char *name : {"demo", "outside"}) {
            const QString module = root(QStringLiteral("usr/lib/andon/modules/andon-%1.so").arg(QLatin1String(name)));
            QVERIFY(QFile::rename(module, module + QStringLiteral(".away")));
            const Ran without = installed("andon", grab);
            QVERIFY(without.exit != 0);
            QVERIFY2(QString::fromStdString(without.error).contains(QFileInfo(module).fileName()),
                     without.error.c_str());
            QVERIFY(QFile::rename(module + QStringLiteral(".away"), module));
        }
    }

    void theDesktopStartsWithoutLibcurl()
    {
        const auto libraries = [&](const char *path) {
            return QString::fromStdString(tool(QStringLiteral("ldd"), {root(QString::fromLatin1(path))}).out);
        };
        QVERIFY(!libraries("usr/bin/andon").contains(u"libcurl"));
        QVERIFY(libraries("usr/lib/andon/modules/andon-outside.so").contains(u"libcurl"));
    }

    void theDesktopsArchivesAreWrittenByItsModule()
    {
        QLibrary module(root(QStringLiteral("usr/lib/andon/modules/andon-archive.so")));
        const auto write = reinterpret_cast<desktop::WriteArchive *>(module.resolve(desktop::kWriteArchive));
        QVERIFY2(write != nullptr, qPrintable(module.errorString()));
        const QTemporaryDir folder;
        core::Result<void> written;
        write(written, folder.filePath(QStringLiteral("a.tar.gz")).toStdString(), {{.name = "a/b.txt", .bytes = "c"}},
              core::Instant::fromSeconds(1'700'000'000));
        QVERIFY2(written, written ? "" : written.error().detail.c_str());
        const Ran listed =
            tool(QStringLiteral("tar"), {QStringLiteral("-tzf"), folder.filePath(QStringLiteral("a.tar.gz"))});
        QCOMPARE(listed.out, std::string("a/b.txt\n"));
        write(written, folder.filePath(QStringLiteral("a.rar")).toStdString(), {}, core::Instant::fromSeconds(1));
        QVERIFY(!written && written.error().kind == core::ErrorKind::Invalid);
    }

    void aLinkIsOpenedWithIt()
    {
        const QByteArray entry = read(root(QStringLiteral("usr/share/applications/io.andon.Console.desktop")));
        QVERIFY(entry.contains("\nMimeType=x-scheme-handler/andon;\n"));
        QVERIFY(entry.contains("\nExec=andon %u\n"));
        const Ran valid = tool(QStringLiteral("desktop-file-validate"),
                               {root(QStringLiteral("usr/share/applications/io.andon.Console.desktop"))});
        QVERIFY2(valid.exit == 0 && valid.out.empty(), valid.out.c_str());
    }

    void aSecondOneHandsItsLinkToTheFirst()
    {
        const QString profile = m_home.filePath(QStringLiteral("profile"));
        Program first;
        first.start(root(QStringLiteral("usr/bin/andon")), {QStringLiteral("--profile"), profile}, environment());
        QTRY_VERIFY_WITH_TIMEOUT(read(profile + QStringLiteral("/lock")).contains("handover"), 20'000);
        const Ran second =
            installed("andon", {QStringLiteral("--profile"), profile, QStringLiteral("andon://x/floor")});
        QVERIFY2(second.exit == 0, second.error.c_str());
        QVERIFY(first.running());
    }

    void theStoresAccept()
    {
        const Ran valid = tool(QStringLiteral("appstreamcli"),
                               {QStringLiteral("validate"), QStringLiteral("--no-net"),
                                root(QStringLiteral("usr/share/metainfo/io.andon.Console.metainfo.xml"))});
        QVERIFY2(valid.exit == 0, (valid.out + valid.error).c_str());
        const Ran lint = tool(QStringLiteral("lintian"), {QStringLiteral("--allow-root"), m_deb});
        for (const QString &line : QString::fromStdString(lint.out).split(u'\n', Qt::SkipEmptyParts)) {
            const bool accepted = std::any_of(std::begin(kAccepted), std::end(kAccepted),
                                              [&](const char *tag) { return line.contains(QString::fromLatin1(tag)); });
            QVERIFY2(accepted || line.startsWith(u'N') || line.startsWith(u'I'), qPrintable(line));
        }
    }

    void theManualsTellWhatThereIs()
    {
        const std::string ctl = tool(QStringLiteral("gzip"),
                                     {QStringLiteral("-dc"), root(QStringLiteral("usr/share/man/man1/andonctl.1.gz"))})
                                    .out;
        const QString overview = QString::fromStdString(installed("andonctl", words("--help")).out);
        static const QRegularExpression command(QStringLiteral("^([a-z-]+( [a-z]+)?) "),
                                                QRegularExpression::MultilineOption);
        int commands = 0;
        const qsizetype table = overview.indexOf(QStringLiteral("\nCommand "));
        for (auto each = command.globalMatch(overview, table); each.hasNext(); ++commands) {
            const QString name = each.next().captured(1).replace(u'-', QStringLiteral("\\-"));
            if (name != u"andonctl")
                QVERIFY2(ctl.find(".SS " + name.toStdString()) != std::string::npos, qPrintable(name));
        }
        QVERIFY(commands > 30);
        const std::string gui =
            tool(QStringLiteral("gzip"), {QStringLiteral("-dc"), root(QStringLiteral("usr/share/man/man1/andon.1.gz"))})
                .out;
        for (const char *option : {"\\-\\-profile", "\\-\\-demo", "\\-\\-link", ".SH SYNOPSIS", "andon://"})
            QVERIFY2(gui.find(option) != std::string::npos, option);
    }

    void theShellCompletes_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("with");
        QTest::newRow("a command") << QStringLiteral("supp") << QStringLiteral("support-bundle");
        QTest::newRow("a second word") << QStringLiteral("site re") << QStringLiteral("remove");
        QTest::newRow("its options") << QStringLiteral("ack storage --no") << QStringLiteral("--note");
        QTest::newRow("of two words") << QStringLiteral("site add --ti") << QStringLiteral("--title");
        QTest::newRow("after an option") << QStringLiteral("--profile x cache t") << QStringLiteral("trim");
    }
    void theShellCompletes()
    {
        QFETCH(QString, words);
        QFETCH(QString, with);
        const Ran ran = tool(
            QStringLiteral("bash"),
            {QStringLiteral("-c"),
             QStringLiteral("source \"$1\"; COMP_WORDS=(andonctl $2); COMP_CWORD=$((${#COMP_WORDS[@]} - "
                            "1)); _andonctl; echo \"${COMPREPLY[@]}\""),
             QStringLiteral("bash"), root(QStringLiteral("usr/share/bash-completion/completions/andonctl")), words});
        QCOMPARE(QString::fromStdString(ran.out).trimmed(), with);
    }

private:
    /// An empty root, as dpkg would begin a new system with; without the rights for that, its files alone.
    void install()
    {
        const QString base = m_root.path();
        if (::geteuid() != 0) {
            QCOMPARE(tool(QStringLiteral("dpkg-deb"), {QStringLiteral("-x"), m_deb, base}).exit, 0);
            return;
        }
        QVERIFY(QDir().mkpath(base + QStringLiteral("/var/lib/dpkg/info")));
        QVERIFY(QDir().mkpath(base + QStringLiteral("/var/lib/dpkg/updates")));
        QVERIFY(QFile(base + QStringLiteral("/var/lib/dpkg/status")).open(QIODevice::WriteOnly));
        const Ran ran = tool(
            QStringLiteral("dpkg"),
            {QStringLiteral("--root=") + base, QStringLiteral("--force-depends"), QStringLiteral("--install"), m_deb});
        QVERIFY2(ran.exit == 0, (ran.out + ran.error).c_str());
        const Ran state = tool(QStringLiteral("dpkg-query"),
                               {QStringLiteral("--root=") + base, QStringLiteral("-W"), QStringLiteral("-f${Status}"),
                                QStringLiteral("andon")});
        QCOMPARE(QString::fromStdString(state.out), QStringLiteral("install ok installed"));
    }
    [[nodiscard]] QString root(const QString &path) const { return m_root.filePath(path); }
    [[nodiscard]] static Ran tool(const QString &program, const QStringList &arguments, int timeoutMs = 120'000)
    {
        return runProgram(program, arguments, QProcessEnvironment::systemEnvironment(), timeoutMs);
    }
    /// As on a machine where nothing else of ours is: an environment of a path and a home.
    [[nodiscard]] Ran installed(const char *program, const QStringList &arguments) const
    {
        return runProgram(root(QStringLiteral("usr/bin/") + QString::fromLatin1(program)), arguments, environment());
    }
    [[nodiscard]] QProcessEnvironment environment() const
    {
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        return environment;
    }
    [[nodiscard]] static QStringList ownersOf(const QString &file)
    {
        QStringList owners;
        for (const QString &path : {file, QFileInfo(file).canonicalFilePath(), QStringLiteral("/usr") + file})
            for (const QString &line :
                 QString::fromStdString(tool(QStringLiteral("dpkg-query"), {QStringLiteral("-S"), path}).out)
                     .split(u'\n', Qt::SkipEmptyParts))
                owners << line.section(u':', 0, 0);
        return owners;
    }

    QTemporaryDir m_root;
    QTemporaryDir m_home;
    QString m_deb;
};

ANDON_SUITE(PackageTest)
#include "package_test.moc"
