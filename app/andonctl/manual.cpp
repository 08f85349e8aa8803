#include "app/andonctl/manual.h"

namespace andon::ctl
{

const std::vector<Option> &commonOptions()
{
    static const std::vector<Option> all{
        {QStringLiteral("profile"), QStringLiteral("DIR"),
         QStringLiteral("keep configuration, cache and journal in DIR")},
        {QStringLiteral("site"), QStringLiteral("NAME"),
         QStringLiteral("the site to ask; not needed when there is one")},
        {QStringLiteral("json"), {}, QStringLiteral("print one JSON document")},
        {QStringLiteral("offline"), {}, QStringLiteral("answer from the cache, ask no source")},
        {QStringLiteral("secrets-file"), QStringLiteral("FILE"), QStringLiteral("read secrets from FILE (mode 0600)")},
        {QStringLiteral("verbose"), {}, QStringLiteral("print the request log to standard error")},
        {QStringLiteral("help"), {}, QStringLiteral("explain")},
    };
    return all;
}

namespace
{

/// As troff takes it: no macro at the start of a line, backslashes and dashes as they are.
std::string troff(const QString &text)
{
    QString out = text;
    out.replace(u'\\', QStringLiteral("\\e")).replace(u'-', QStringLiteral("\\-"));
    std::string lines;
    for (const QString &line : out.split(u'\n'))
        lines += (line.startsWith(u'.') || line.startsWith(u'\'') ? "\\&" : "") + line.toStdString() + "\n";
    return lines;
}

std::string optionText(const Option &option)
{
    return ".TP\n.B "
        + troff(QStringLiteral("--") + option.name + (option.value.isEmpty() ? QString() : u' ' + option.value))
        + troff(option.help);
}

/// Examples stand indented in a command's details: those lines are shown as they are.
std::string detailsText(const QString &details)
{
    std::string out;
    bool example = false;
    for (const QString &line : details.split(u'\n')) {
        const bool indented = line.startsWith(u' ');
        if (indented != example)
            out += indented ? ".PP\n.nf\n" : ".fi\n.PP\n";
        example = indented;
        out += troff(line);
    }
    return out + (example ? ".fi\n" : "");
}

} // namespace

std::string manualPage(const std::vector<Command> &commands)
{
    std::string out = ".TH ANDONCTL 1 \"\" \"Andon " ANDON_VERSION "\" \"User Commands\"\n"
                      ".SH NAME\nandonctl \\- an AI factory's data, machines and money, without a window\n"
                      ".SH SYNOPSIS\n.B andonctl\n[\\fB\\-\\-profile\\fR DIR] COMMAND [ARGUMENTS] [OPTIONS]\n"
                      ".SH DESCRIPTION\nReads the REST endpoints of an AI factory into a local cache and answers from "
                      "it.\nWhatever the console\n.BR andon (1)\nshows, a script can ask here.\n"
                      ".SH OPTIONS\nEvery command has these:\n";
    for (const Option &option : commonOptions())
        out += optionText(option);
    out += ".SH COMMANDS\n";
    for (const Command &command : commands) {
        out += ".SS " + troff((command.name + u' ' + command.arguments).trimmed()) + troff(command.summary);
        if (!command.details.isEmpty())
            out += ".PP\n" + detailsText(command.details);
        for (const Option &option : command.options)
            out += optionText(option);
    }
    out += ".SH EXIT STATUS\n.TP\n.B 0\nok\n.TP\n.B 1\nfailed\n.TP\n.B 2\nusage\n.TP\n.B 3\nanswered from the cache "
           "only\n.TP\n.B 4\nsource unreachable\n.TP\n.B 5\nverification failed\n"
           ".SH ENVIRONMENT\n.TP\n.B ANDON_SITE_SOURCE_USER, _SECRET, _TOKEN\ncredentials of a source, in capitals, "
           "other characters as _\n.SH SEE ALSO\n.BR andon (1)\n";
    return out;
}

} // namespace andon::ctl
