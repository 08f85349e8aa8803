#include "factory/matrixcodec.h"

#include <QByteArray>
#include <QDataStream>
#include <QIODevice>

namespace andon::factory
{

namespace
{

constexpr quint32 kFormat = 0x414d0001;
constexpr qint64 kMostSamples = 100'000'000;

void putText(QDataStream &out, const std::string &text)
{
    out << QByteArray::fromStdString(text);
}

std::string takeText(QDataStream &in)
{
    QByteArray text;
    in >> text;
    return text.toStdString();
}

} // namespace

std::string packMatrix(const telemetry::Matrix &matrix)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << kFormat << static_cast<qint64>(matrix.stepMs) << static_cast<quint32>(matrix.warnings.size());
    for (const std::string &warning : matrix.warnings)
        putText(out, warning);
    out << static_cast<quint32>(matrix.series.size());
    for (const telemetry::Series &series : matrix.series) {
        out << static_cast<quint32>(series.labels.pairs().size());
        for (const auto &[name, value] : series.labels.pairs()) {
            putText(out, name);
            putText(out, value);
        }
        out << static_cast<quint32>(series.t.size());
        qint64 last = 0;
        for (const std::int64_t t : series.t) { // differences compress to nearly nothing
            out << static_cast<qint64>(t - last);
            last = t;
        }
        for (const double v : series.v)
            out << v;
    }
    return qCompress(bytes, 1).toStdString();
}

core::Result<telemetry::Matrix> unpackMatrix(std::string_view packed)
{
    const auto damaged = [] { return core::fail(core::ErrorKind::Storage, "cache", "cached series are damaged"); };
    const QByteArray bytes =
        qUncompress(reinterpret_cast<const uchar *>(packed.data()), static_cast<qsizetype>(packed.size()));
    QDataStream in(bytes);
    in.setVersion(QDataStream::Qt_6_4);
    quint32 format = 0;
    quint32 count = 0;
    qint64 step = 0;
    in >> format >> step >> count;
    if (format != kFormat || count > 1000)
        return damaged();
    telemetry::Matrix matrix{.stepMs = step};
    for (quint32 i = 0; i < count; ++i)
        matrix.warnings.push_back(takeText(in));
    in >> count;
    qint64 left = kMostSamples;
    for (quint32 s = 0; s < count && in.status() == QDataStream::Ok; ++s) {
        telemetry::Series series;
        quint32 n = 0;
        in >> n;
        for (quint32 i = 0; i < n && in.status() == QDataStream::Ok; ++i) {
            std::string name = takeText(in);
            series.labels.set(std::move(name), takeText(in));
        }
        in >> n;
        left -= n;
        if (in.status() != QDataStream::Ok || left < 0 || n > bytes.size())
            return damaged();
        series.t.resize(n);
        series.v.resize(n);
        qint64 t = 0;
        for (std::int64_t &at : series.t) {
            qint64 difference = 0;
            in >> difference;
            at = t += difference;
        }
        for (double &value : series.v)
            in >> value;
        matrix.series.push_back(std::move(series));
    }
    if (in.status() != QDataStream::Ok)
        return damaged();
    return matrix;
}

} // namespace andon::factory
