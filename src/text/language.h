#pragma once
// The language of the program's own texts: which there are, what a choice means, and its translator. Main thread.
#include <QLocale>
#include <QString>

#include <memory>

class QCoreApplication;
class QTranslator;

namespace andon::text
{

struct Language {
    QString code = {}; ///< of the catalogue: "en"; "en-XA" and "ar-XB" have none and mark every text
    QLocale formats = QLocale::c(); ///< decimal mark and names of days
    Qt::LayoutDirection direction = Qt::LeftToRight;
};

/// The catalogues that are compiled in: "en", … The two that only show mistakes are not among them.
[[nodiscard]] QStringList languages();
/// A BCP 47 tag, or "" for the system's. A language without a catalogue is English with its own formats.
[[nodiscard]] Language languageFor(const QString &tag);
/// Never nullptr. "en-XA" and "ar-XB": each text in brackets, with accents, a third longer; what is filled in and
/// markup stay as they are.
[[nodiscard]] std::unique_ptr<QTranslator> translatorOf(const Language &language);
/// Installs the translator, which lives with the application, and the formats. What has its texts already keeps them.
void speak(QCoreApplication &app, const Language &language);

} // namespace andon::text
