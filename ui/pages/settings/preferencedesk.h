#pragma once
// What the form of the preferences needs to know of the program around it. The composition root implements it. GUI
// thread.
#include <QObject>
#include <QString>

#include <cstdint>

namespace andon::ui
{

class PreferenceDesk : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual std::int64_t
    cacheBytes() const = 0; ///< that it took on the disk when that was last looked at
    virtual void lookAgain() = 0; ///< changed() follows
    [[nodiscard]] virtual bool desktopTakes() const = 0; ///< notifications

Q_SIGNALS:
    void changed();
};

} // namespace andon::ui
