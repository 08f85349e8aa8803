#include "profile/view.h"

#include "profile/profile.h"

#include <yaml-cpp/yaml.h>

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>
#include <QStringDecoder>

#include <algorithm>
#include <filesystem>

#include <unistd.h>

namespace andon::profile
{

namespace fs = std::filesystem;

namespace
{

constexpr std::string_view kScheme = "andon://";
constexpr std::size_t kLongestLink = 8192;

/// The keys of a view beyond site and page, in links and files alike.
constexpr std::pair<const char *, std::string View::*> kTexts[] = {
    {"select", &View::selection}, {"filter", &View::filter}, {"from", &View::from}, {"to", &View::to},
    {"asof", &View::asOf},
};
constexpr std::pair<const char *, std::vector<std::string> View::*> kLists[] = {
    {"column", &View::columns},
    {"open", &View::expanded},
    {"show", &View::shown},
};

std::string escaped(const std::string &text)
{
    return QByteArray::fromStdString(text).toPercentEncoding().toStdString();
}

bool isUtf8(const std::string &text)
{
    QStringDecoder decode(QStringConverter::Utf8, QStringConverter::Flag::Stateless);
    (void)QString(decode(QByteArrayView(text.data(), static_cast<qsizetype>(text.size()))));
    return !decode.hasError();
}

auto invalidLink(const std::string &what)
{
    return core::fail(core::ErrorKind::Invalid, "link", what);
}

core::Result<std::string> unescaped(std::string_view text)
{
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
        if (at + 2 >= text.size() || !std::isxdigit(static_cast<unsigned char>(text[at + 1]))
            || !std::isxdigit(static_cast<unsigned char>(text[at + 2])))
            return invalidLink("\"" + std::string(text.substr(at, 3)) + "\" is no percent escape");
    std::string plain =
        QByteArray::fromPercentEncoding(QByteArray(text.data(), static_cast<qsizetype>(text.size()))).toStdString();
    if (!isUtf8(plain))
        return invalidLink("the link holds bytes that are no UTF-8");
    return plain;
}

/// What stands before `mark`; text is left with what comes after it.
std::string_view cut(std::string_view &text, char mark)
{
    const std::size_t at = std::min(text.find(mark), text.size());
    const std::string_view head = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return head;
}

core::Result<void> take(View &view, const std::string &key, std::string value)
{
    for (const auto &[name, member] : kTexts)
        if (key == name) {
            if (!(view.*member).empty())
                return invalidLink("the link says \"" + key + "\" twice");
            view.*member = std::move(value);
            return {};
        }
    for (const auto &[name, member] : kLists)
        if (key == name) {
            (view.*member).push_back(std::move(value));
            return {};
        }
    return invalidLink("the link says \"" + key + "\", which this Andon does not know");
}

} // namespace

std::string linkOf(const View &view)
{
    std::string link = std::string(kScheme) + escaped(view.site) + '/' + escaped(view.page);
    char mark = '?';
    const auto say = [&](const char *key, const std::string &value) {
        link += mark + std::string(key) + '=' + escaped(value);
        mark = '&';
    };
    for (const auto &[key, member] : kTexts)
        if (!(view.*member).empty())
            say(key, view.*member);
    for (const auto &[key, member] : kLists)
        for (const std::string &value : view.*member)
            say(key, value);
    return link;
}

core::Result<View> viewOfLink(std::string_view link)
{
    if (link.size() > kLongestLink)
        return invalidLink("the link is longer than 8 KiB");
    if (!link.starts_with(kScheme))
        return invalidLink("a link begins with andon://");
    link.remove_prefix(kScheme.size());
    std::string_view query = link;
    std::string_view path = cut(query, '?');
    View view;
    const auto site = unescaped(cut(path, '/'));
    while (path.ends_with('/')) // desktops like to add one
        path.remove_suffix(1);
    const auto page = unescaped(path);
    if (!site || !page)
        return core::fail((!site ? site : page).error());
    view.site = *site;
    view.page = *page;
    if (view.page.empty())
        return invalidLink("the link names no page");
    while (!query.empty()) {
        std::string_view value = cut(query, '&');
        const auto key = unescaped(cut(value, '='));
        auto plain = unescaped(value);
        if (!key || !plain)
            return core::fail((!key ? key : plain).error());
        if (auto taken = take(view, *key, std::move(*plain)); !taken)
            return core::fail(taken.error());
    }
    return view;
}

std::string writeView(const View &view, const std::string &name)
{
    YAML::Emitter out;
    out << YAML::BeginMap;
    const auto say = [&](const char *key, const std::string &value) {
        if (!value.empty())
            out << YAML::Key << key << YAML::Value << YAML::DoubleQuoted << value;
    };
    say("name", name);
    say("site", view.site);
    say("page", view.page);
    for (const auto &[key, member] : kTexts)
        say(key, view.*member);
    for (const auto &[key, member] : kLists) {
        if ((view.*member).empty())
            continue;
        out << YAML::Key << key << YAML::Value << YAML::BeginSeq;
        for (const std::string &value : view.*member)
            out << YAML::DoubleQuoted << value;
        out << YAML::EndSeq;
    }
    out << YAML::EndMap;
    return std::string(out.c_str()) + '\n';
}

core::Result<NamedView> parseView(const std::string &text, const std::string &file)
{
    const auto invalid = [&](int line, const std::string &what) {
        const std::string where = file + ":" + std::to_string(line + 1);
        return core::fail(core::ErrorKind::Invalid, where, where + ": " + what);
    };
    try {
        const YAML::Node map = YAML::Load(text);
        if (!map.IsMap())
            return invalid(0, "a view is a mapping");
        NamedView named;
        std::vector<std::pair<std::string, std::string *>> texts = {
            {"name", &named.name}, {"site", &named.view.site}, {"page", &named.view.page}};
        for (const auto &[key, member] : kTexts)
            texts.emplace_back(key, &(named.view.*member));
        for (const auto &entry : map) {
            const std::string key = entry.first.Scalar();
            const auto one = std::find_if(texts.begin(), texts.end(), [&](const auto &t) { return t.first == key; });
            const auto list =
                std::find_if(std::begin(kLists), std::end(kLists), [&](const auto &l) { return key == l.first; });
            if (one != texts.end() && entry.second.IsScalar())
                *one->second = entry.second.Scalar();
            else if (list != std::end(kLists) && entry.second.IsSequence())
                for (const auto &value : entry.second)
                    (named.view.*(list->second)).push_back(value.as<std::string>());
            else
                return invalid(entry.first.Mark().line,
                               one == texts.end() && list == std::end(kLists) ? "unknown key \"" + key + "\""
                                                                              : "\"" + key + "\" has the wrong shape");
        }
        if (named.view.page.empty())
            return invalid(0, "a view needs a \"page\"");
        return named;
    } catch (const YAML::Exception &problem) {
        return invalid(std::max(problem.mark.line, 0), problem.msg);
    }
}

namespace
{

/// A file's name that a person recognises and that no two names share.
std::string fileNameOf(const std::string &name)
{
    std::string stem;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) && stem.size() < 40)
            stem += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!stem.empty() && stem.back() != '-')
            stem += '-';
    while (stem.ends_with('-'))
        stem.pop_back();
    const QByteArray digest =
        QCryptographicHash::hash(QByteArray::fromStdString(name), QCryptographicHash::Sha256).toHex().left(8);
    return (stem.empty() ? "view" : stem) + "-" + digest.toStdString() + ".yaml";
}

} // namespace

std::vector<Views::Listed> Views::all() const
{
    std::vector<Listed> listed;
    std::error_code failed;
    for (const auto &entry : fs::directory_iterator(m_folder, failed)) {
        if (entry.path().extension() != ".yaml")
            continue;
        const std::string file = entry.path().string();
        auto text = readFile(file);
        auto view = text ? parseView(*text, file) : core::Result<NamedView>(core::fail(text.error()));
        if (view && view->name.empty())
            view->name = entry.path().stem().string();
        listed.push_back({file, std::move(view)});
    }
    const auto key = [](const Listed &l) { return std::pair(l.view ? l.view->name : l.file, l.file); };
    std::sort(listed.begin(), listed.end(), [&](const Listed &a, const Listed &b) { return key(a) < key(b); });
    return listed;
}

core::Result<void> Views::save(const std::string &name, const View &view) const
{
    if (name.empty() || !isUtf8(name))
        return core::fail(core::ErrorKind::Invalid, "view", "a view needs a name");
    std::error_code failed;
    fs::create_directories(m_folder, failed);
    for (const Listed &listed : all()) // one that was made by hand keeps its file
        if (listed.view && listed.view->name == name)
            return writeFile(listed.file, writeView(view, name));
    return writeFile(m_folder + "/" + fileNameOf(name), writeView(view, name));
}

core::Result<void> Views::remove(const std::string &name) const
{
    for (const Listed &listed : all())
        if (listed.view && listed.view->name == name && ::unlink(listed.file.c_str()) == 0)
            return {};
    return core::fail(core::ErrorKind::NotFound, "view", "there is no view \"" + name + "\"");
}

} // namespace andon::profile
