#include "text/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QTranslator>

static void loadCatalogues()
{
    Q_INIT_RESOURCE(translations); // a macro that wants to be outside of namespaces
}

namespace andon::text
{

namespace
{

constexpr const char *kContext = "Andon"; // of every text in the catalogues

class Catalogue : public QTranslator
{
public:
    explicit Catalogue(const QString &code)
    {
        loadCatalogues();
        m_loaded = load(QStringLiteral(":/translations/andon_%1.qm").arg(code));
    }
    [[nodiscard]] bool isEmpty() const override { return !m_loaded; }
    [[nodiscard]] QString translate(const char *, const char *source, const char *comment, int n) const override
    {
        return QTranslator::translate(kContext, source, comment, n);
    }

private:
    bool m_loaded = false;
};

/// How many characters at `at` are no words: what is filled in (%1, %L2, %n), a tag, an entity, the & of a mnemonic.
qsizetype notWords(const QString &text, qsizetype at)
{
    if (text[at] == u'%') {
        qsizetype end = at + 1;
        while (end < text.size() && (text[end].isDigit() || text[end] == u'L'))
            ++end;
        return end < text.size() && text[end] == u'n' ? end + 1 - at : end - at;
    }
    if (text[at] == u'<') {
        const qsizetype end = text.indexOf(u'>', at);
        return end < 0 ? 1 : end + 1 - at;
    }
    if (text[at] == u'&') {
        const qsizetype end = text.indexOf(u';', at);
        return end > at + 1 && end < at + 8 && !text.mid(at, end - at).contains(u' ') ? end + 1 - at : 1;
    }
    return text[at].isLetter() ? 0 : 1;
}

QString marked(const QString &text)
{
    constexpr QStringView kPlain = u"aceginorsuyzACEGINORSUYZ";
    constexpr QStringView kAccented = u"âçéĝíñöŕšüýžÂÇÉĜÍÑÖŔŠÜÝŽ";
    QString out(u'[');
    qsizetype letters = 0;
    for (qsizetype at = 0; at < text.size();) {
        if (const qsizetype skipped = notWords(text, at); skipped > 0) {
            out += QStringView(text).mid(at, skipped);
            at += skipped;
            continue;
        }
        const qsizetype known = kPlain.indexOf(text[at++]);
        out += known < 0 ? text[at - 1] : kAccented[known];
        ++letters;
    }
    if (letters == 0)
        return text; // a dash or a number has nothing to translate
    return out + QString(letters / 3, u'~') + u']';
}

class Marking final : public Catalogue
{
public:
    Marking()
        : Catalogue(QStringLiteral("en"))
    {
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source, const char *comment, int n) const override
    {
        const QString english = Catalogue::translate(context, source, comment, n);
        return marked(english.isEmpty() ? QString::fromUtf8(source) : english);
    }
};

bool isForMistakes(const QString &tag)
{
    return tag == u"en-XA" || tag == u"ar-XB";
}

} // namespace

QStringList languages()
{
    loadCatalogues();
    QStringList codes;
    for (const QString &file : QDir(QStringLiteral(":/translations")).entryList({QStringLiteral("andon_*.qm")}))
        codes << file.mid(6).chopped(3).replace(u'_', u'-');
    return codes;
}

Language languageFor(const QString &tag)
{
    if (isForMistakes(tag))
        return {.code = tag, .direction = tag == u"ar-XB" ? Qt::RightToLeft : Qt::LeftToRight};
    const QLocale locale = tag.isEmpty() ? QLocale::system() : QLocale(tag);
    const QStringList known = languages();
    for (const QString &wanted : locale.uiLanguages())
        for (const QString &code : {wanted, wanted.section(u'-', 0, 0)})
            if (known.contains(code))
                return {.code = code, .formats = locale, .direction = QLocale(code).textDirection()};
    return {.code = QStringLiteral("en"), .formats = locale};
}

std::unique_ptr<QTranslator> translatorOf(const Language &language)
{
    if (isForMistakes(language.code))
        return std::make_unique<Marking>();
    return std::make_unique<Catalogue>(QString(language.code).replace(u'-', u'_'));
}

void speak(QCoreApplication &app, const Language &language)
{
    const QString name = QStringLiteral("andon-language");
    if (auto *before = app.findChild<QTranslator *>(name, Qt::FindDirectChildrenOnly))
        delete before; // which takes it out
    QTranslator *const translator = translatorOf(language).release();
    translator->setObjectName(name);
    translator->setParent(&app);
    QCoreApplication::installTranslator(translator);
    QLocale::setDefault(language.formats);
}

} // namespace andon::text
