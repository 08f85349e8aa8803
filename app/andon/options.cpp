#include "app/andon/options.h"

namespace andon::desktop
{

QString opt(const char *name)
{
    return QString::fromLatin1(name);
}

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(opt("The console for the people who run an AI factory."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(opt("link"), opt("An andon:// link to open."), opt("[link]"));
    parser.addOption({opt("profile"), opt("Keep configuration, cache and journal in DIR."), opt("DIR")});
    parser.addOption({opt("site"), opt("Open this site."), opt("NAME")});
    parser.addOption({opt("demo"), opt("Open the embedded demo factory.")});
    parser.addOption({opt("tour"), opt("Write a picture of every page, light and dark, to DIR and end."), opt("DIR")});
    parser.addOption(
        {opt("faces"),
         opt("Write every page with every face, theme and size to DIR, check them and end; --page, --state, "
             "--theme and --size choose from them."),
         opt("DIR")});
    parser.addOption({opt("offline"), opt("Show the cache, ask no source.")});
    parser.addOption({opt("secrets-file"), opt("Read secrets from FILE (mode 0600)."), opt("FILE")});
    parser.addOption({opt("page"), opt("Show page P first."), opt("P")});
    parser.addOption({opt("link"), opt("Open a link such as commit:REPO@ID."), opt("LINK")});
    parser.addOption({opt("grab"), opt("Save the page as a picture and end."), opt("FILE")});
    parser.addOption({opt("texts"), opt("With --grab: save what the page says as JSON."), opt("FILE")});
    parser.addOption({opt("size"), opt("Size of the window, 1440x900."), opt("WxH")});
    parser.addOption({opt("theme"), opt("dark, light or high-contrast."), opt("T")});
    parser.addOption({opt("language"),
                      opt("Speak L, such as en; en-XA and ar-XB mark every text, to look for mistakes."), opt("L")});
    parser.addOption(
        {opt("state"), opt("With --grab: as if it were loading, empty, offline, stale, unavailable."), opt("S")});
    parser.addOption({opt("latency"), opt("Write how long the window let events wait to FILE."), opt("FILE")});
    parser.addOption({opt("first-frame"), opt("Say when the first frame with content was painted and end.")});
}

QSize sizeOf(const QString &text)
{
    const QStringList parts = text.split(u'x');
    const QSize size(parts.value(0).toInt(), parts.value(1).toInt());
    return size.width() >= 640 && size.height() >= 400 ? size : QSize(1440, 900);
}

QString linkOf(const QCommandLineParser &parser)
{
    const QStringList links = parser.positionalArguments();
    return links.isEmpty() ? parser.value(opt("link")) : links.front();
}

bool takesPictures(const QCommandLineParser &parser)
{
    return parser.isSet(opt("grab")) || parser.isSet(opt("tour")) || parser.isSet(opt("faces"));
}

} // namespace andon::desktop
